"""Pages of a list join to the whole list, whatever their size."""

from __future__ import annotations

import pytest

from api.paging import cut, decode, encode
from twin.errors import InvalidInput


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
def test_pages_join_to_the_list(limit: int) -> None:
    items, found, cursor = list("abcdefg"), [], None
    while True:
        page, cursor = cut(items, cursor=cursor, limit=limit, key=str)
        found += page
        if cursor is None:
            break
    assert found == items


def test_an_empty_list_is_one_empty_page() -> None:
    assert cut([], cursor=None, limit=5, key=str) == ([], None)


def test_a_position_survives_its_cursor() -> None:
    assert decode(encode([123, "job/1"])) == [123, "job/1"]


@pytest.mark.parametrize("cursor", ["!!", "bm90anNvbg", encode("h")], ids=["no base64", "no JSON", "not in the list"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        cut(list("abc"), cursor=cursor, limit=2, key=str)
