"""The changes of a what-if on screen: between what a person types (display units, percent) and what the API takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.schemas.scenarios import ChangeOut, TargetView
from ui.words import duration, leaf, number, plain, shown, unit, with_unit

SET, SCALE = "set to", "change to % of now"


def label(target: TargetView) -> str:
    """How a target is offered: asset, quantity, and where it stands now."""
    name = leaf(target.asset)
    if target.kind == "maintenance":
        return f"{name}: maintenance ({target.doc})" if target.doc else f"{name}: maintenance"
    quantity = target.doc or plain(target.target.rpartition(".")[2])
    now = f" (now {spoken(target, target.value)})" if target.value is not None else ""
    return f"{name}: {quantity}{now}"


def spoken(target: TargetView, value: float | None) -> str:
    """An SI value of a target in its display unit."""
    spelled = target.display.unit if target.display else target.unit
    return with_unit(number(shown(value, target.display)), unit(spelled))


def to_request(target: TargetView, mode: str, typed: float | None, at_h: float | None) -> dict[str, Any]:
    """A change as the API takes it: SI value, or factor; maintenance takes neither."""
    change: dict[str, Any] = {"kind": target.kind, "target": target.target, "at_s": 3600.0 * (at_h or 0.0)}
    if target.kind == "maintenance":
        return change
    if typed is None:
        raise ValueError("type a value")
    if mode == SCALE:
        return {**change, "factor": typed / 100.0}
    display = target.display
    return {**change, "value": typed if display is None else (typed - display.offset) / display.factor}


def sentence(change: ChangeOut, targets: Sequence[TargetView]) -> str:
    """A change in words: `valve-1 opening set to 60 % after 2 h`."""
    known = next((target for target in targets if (target.kind, target.target) == (change.kind, change.target)), None)
    after = f" after {duration(change.at_s)}" if change.at_s else ""
    if change.kind == "maintenance":
        return f"maintenance of {leaf(change.target)}{after}"
    asset, _, quantity = change.target.partition(".")
    words = f"{leaf(asset)} {plain(quantity)}"
    if change.factor is not None:
        return f"{words} at {100 * change.factor:.4g} % of what it was{after}"
    return f"{words} set to {spoken(known, change.value) if known else number(change.value)}{after}"
