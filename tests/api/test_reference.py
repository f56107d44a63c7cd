"""The reference page comes whole from our own server."""

from __future__ import annotations

import re

from tests.api.conftest import Program

PAGE = "/api/v1/docs"


def test_the_page_names_no_other_server(oven: Program) -> None:
    answer = oven.get(PAGE)
    assert answer.status_code == 200
    assert re.findall(r"https?://|[\"'(]//", answer.text) == []


def test_all_that_the_page_loads_is_there(oven: Program) -> None:
    loaded = re.findall(r"(?:src|href|url)[=:] ?[\"'](/[^\"']+)", oven.get(PAGE).text)
    assert {path.rpartition("/")[2] for path in loaded} == {"swagger-ui-bundle.js", "swagger-ui.css", "openapi.json"}
    for path in loaded:
        assert oven.get(path).status_code == 200, path


def test_the_assets_are_no_way_to_other_files(oven: Program) -> None:
    assert oven.get(f"{PAGE}/assets/../core.py").status_code == 404
    assert oven.get(f"{PAGE}/assets/%2e%2e/core.py").status_code == 404
