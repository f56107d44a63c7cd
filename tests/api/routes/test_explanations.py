"""Explanations over HTTP; how terms are found is tested elsewhere."""

from __future__ import annotations

import pytest

from tests.api.conftest import Program
from twin.services import explain

ROW = {
    "asset": "wall", "correction": "extra_conductance_ratio", "doc": "d", "share": 0.5, "regimes": [], "proposed": True,
    "terms": {"f0": 0.5}, "explained": 0.9, "gain": 0.4, "network_gain": 0.5, "text": "The wall conducts more.",
}  # fmt: skip


def test_explanations_are_told_as_found(oven: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "explanations", lambda *_: (ROW,))
    (row,) = oven.get("plants/oven/explanations").json()["items"]
    assert (row["terms"], row["text"]) == ({"f0": 0.5}, "The wall conducts more.")


def test_without_a_model_there_is_nothing_to_explain_yet(oven: Program) -> None:
    assert oven.get("plants/oven/explanations").status_code == 409
    body = {"asset": "wall", "correction": "extra_conductance_ratio"}
    assert oven.post("plants/oven/explanations/accept", json=body).status_code == 409
    assert oven.post("plants/oven/explanations/accept", json={"asset": "wall"}).status_code == 422
