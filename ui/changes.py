"""The changes of a what-if on screen: between what a person types (display units, percent) and what the API takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from api.schemas.plants import PlantView
from api.schemas.scenarios import ChangeOut, TargetView
from ui.words import asset_names, count, duration, in_si, leaf, number, plain, shown, unit, with_unit

SET, SCALE = "set to", "scale to %"


@dataclass(frozen=True)
class Targets:
    """What may be changed in a plant, and what its assets are called."""

    items: Sequence[TargetView]
    names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, items: Sequence[TargetView], plant: PlantView) -> Targets:
        """Targets with the names of the plant file."""
        return cls(items, asset_names(plant))

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Targets:
        """From what the page keeps."""
        return cls([TargetView.model_validate(item) for item in stored["items"]], stored["names"])

    def stored(self) -> dict[str, Any]:
        """As the page keeps them between callbacks."""
        return {"items": [item.model_dump(mode="json") for item in self.items], "names": dict(self.names)}

    def name(self, asset: str) -> str:
        """What people call an asset."""
        return self.names.get(asset, leaf(asset))

    def find(self, kind: str, target: str) -> TargetView | None:
        """The target of a change."""
        return next((item for item in self.items if (item.kind, item.target) == (kind, target)), None)

    def label(self, target: TargetView) -> str:
        """How a target is offered: asset, quantity, and where it stands now."""
        name = self.name(target.asset)
        if target.kind == "maintenance":
            return f"{name}: maintenance ({target.doc})" if target.doc else f"{name}: maintenance"
        quantity = target.doc or plain(target.target.rpartition(".")[2])
        now = f" (now {spoken(target, target.value)})" if target.value is not None else ""
        return f"{name}: {quantity}{now}"

    def sentence(self, change: ChangeOut) -> str:
        """A change in words: `Valve opening set to 60 % after 2 h`."""
        after = f" after {duration(change.at_s)}" if change.at_s else ""
        asset, _, quantity = change.target.partition(".")
        if change.kind == "maintenance":
            return f"maintenance of {self.name(asset)}{after}"
        known = self.find(change.kind, change.target)
        told = f" {plain(quantity)}"
        if known and change.kind == "setting":
            told = f": {known.doc.partition(',')[0].lower()}"
        words = f"{self.name(asset)}{told}"
        if change.factor is not None:
            return f"{words} at {100 * change.factor:.4g} %{after}"
        return f"{words} set to {spoken(known, change.value) if known else number(change.value)}{after}"


def key(target: TargetView) -> str:
    """A target as one word of a choice."""
    return f"{target.kind} {target.target}"


def spoken(target: TargetView, value: float | None) -> str:
    """An SI value of a target in its display unit; what is counted as a whole number."""
    if value is not None and target.target.endswith("_count") and value == round(value):
        return count(round(value))
    spelled = target.display.unit if target.display else target.unit
    return with_unit(number(shown(value, target.display)), unit(spelled))


def to_request(target: TargetView, mode: str, typed: float | None, at_h: float | None) -> dict[str, Any]:
    """A change as the API takes it: SI value, or factor; maintenance takes neither.

    Raises: ValueError, when a number is needed and none was typed.
    """
    change: dict[str, Any] = {"kind": target.kind, "target": target.target, "at_s": 3600.0 * (at_h or 0.0)}
    if target.kind == "maintenance":
        return change
    if typed is None:
        raise ValueError("type a value")
    if mode == SCALE:
        return {**change, "factor": typed / 100.0}
    return {**change, "value": in_si(typed, target.display)}
