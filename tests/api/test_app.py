"""The app as a whole: it documents every route, and refuses to be built open to others."""

from __future__ import annotations

from typing import Any

import pytest

from api.app import create_app
from tests.api.conftest import Program
from twin.errors import InvalidInput
from twin.settings import Settings


@pytest.fixture
def document(oven: Program) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = oven.get("openapi.json").json()
    return found


def test_every_route_says_what_it_does_and_how_it_refuses(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            assert route["description"], (method, path)
            assert route["tags"], (method, path)
            assert {"401", "403", "422"} <= set(route["responses"]), (method, path)
            refusal = route["responses"]["422"]["content"]
            assert refusal == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_every_success_has_a_schema(document: dict[str, Any]) -> None:
    for path, methods in document["paths"].items():
        for method, route in methods.items():
            for status, answer in route["responses"].items():
                if status.startswith("2") and status != "204":
                    contents = answer["content"].values()
                    assert any(content.get("schema") for content in contents), (method, path, status)


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    known = set(document["components"]["schemas"])

    def names(node: Any) -> set[str]:
        if isinstance(node, dict):
            own = {node["$ref"].rpartition("/")[2]} if isinstance(node.get("$ref"), str) else set()
            return own.union(*map(names, node.values()))
        return set().union(*map(names, node)) if isinstance(node, list) else set()

    assert names(document["paths"]) <= known


def test_request_bodies_have_examples(document: dict[str, Any]) -> None:
    for name in ("ReadingsIn", "WhatIfIn", "RecalibrationIn", "PredictionIn", "EventIn"):
        if name in document["components"]["schemas"]:
            assert document["components"]["schemas"][name]["examples"]


def test_posts_that_create_name_the_idempotency_key(document: dict[str, Any]) -> None:
    for path in ("/api/v1/plants", "/api/v1/plants/{plant}/readings", "/api/v1/plants/{plant}/recalibrations"):
        names = {parameter["name"] for parameter in document["paths"][path]["post"]["parameters"]}
        assert "Idempotency-Key" in names, path


def test_open_to_others_without_a_login_it_is_not_built(lite: Settings) -> None:
    with pytest.raises(InvalidInput, match="TWIN_ADMIN_PASSWORD"):
        create_app(lite.model_copy(update={"host": "0.0.0.0"}))


def test_a_body_without_end_is_refused(oven: Program) -> None:
    answer = oven.post("plants", content=b"#" * (33 * 1024**2), headers={"Content-Type": "application/yaml"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
