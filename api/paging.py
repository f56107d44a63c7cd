"""Cursors: where a page of a list ended, as an opaque word."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from twin.errors import Fault, InvalidInput

Item = TypeVar("Item")


def encode(position: Any) -> str:
    """A position (JSON) as a cursor."""
    return base64.urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


def decode(cursor: str | None) -> Any:
    """The position behind a cursor; None for the first page.

    Raises: InvalidInput, when the cursor is not one of ours.
    """
    if cursor is None:
        return None
    try:
        return json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        raise InvalidInput([Fault("cursor", repr(cursor), "the next_cursor of an earlier page")]) from None


def instant_and_name(cursor: str | None) -> tuple[int, str] | None:
    """The position (created_us, id) behind a cursor of a list by time.

    Raises: InvalidInput.
    """
    match decode(cursor):
        case None:
            return None
        case [int(created_us), str(name)]:
            return created_us, name
    raise InvalidInput([Fault("cursor", repr(cursor), "the next_cursor of an earlier page")])


def cut(
    items: Sequence[Item], *, cursor: str | None, limit: int, key: Callable[[Item], Any]
) -> tuple[list[Item], str | None]:
    """One page of a whole list in stable order, and the cursor of the next; `key` names an item."""
    position = decode(cursor)
    names = [key(item) for item in items]
    if position is not None and position not in names:
        raise InvalidInput([Fault("cursor", repr(cursor), "the next_cursor of an earlier page of this list")])
    first = names.index(position) + 1 if position is not None else 0
    page = list(items[first : first + limit])
    return page, encode(key(page[-1])) if page and first + limit < len(items) else None
