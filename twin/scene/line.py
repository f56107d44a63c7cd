"""What a scene says of its line beside the assets: products, how the line meets the physics, what things cost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True)
class Product:
    """A product, its value, and `routing`: the stations that it visits where splitters send items by routing."""

    name: str
    routing: tuple[str, ...] = ()
    value: float = 0.0


class CouplingKind(StrEnum):
    """How a part of the line and a quantity of the physics depend on each other."""

    SPEED = "speed"
    DERATE = "derate"
    LOAD = "load"
    DRIVE = "drive"
    WORK = "work"
    WEAR = "wear"
    TRIP = "trip"


@dataclass(frozen=True)
class Coupling:
    """One link between line and physics.

    Attributes: kind; part, an asset of the line; quantity, "<asset>.<quantity>" of the physics; numbers, by the names
    that `NUMBERS` gives the kind, in the quantity's SI unit.
    """

    kind: CouplingKind
    part: str
    quantity: str
    numbers: Mapping[str, float] = field(default_factory=dict)


NUMBERS: Mapping[CouplingKind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    CouplingKind.SPEED: (("nominal",), ()),
    CouplingKind.DERATE: (("from", "to"), ("least",)),
    CouplingKind.LOAD: (("per_item",), ("empty",)),
    CouplingKind.DRIVE: (("running",), ("standing",)),
    CouplingKind.WORK: (("working",), ("idle",)),
    CouplingKind.WEAR: (("limit",), ("new",)),
    CouplingKind.TRIP: ((), ("above", "below")),
}
"""Numbers of each kind of coupling: those that must be given, and those that may be."""

ENERGY_UNIT, TIME_UNIT = "kWh", "h"
"""What prices are usually given for."""


@dataclass(frozen=True)
class Price:
    """A price as the plant file gives it: so much of the currency per this unit."""

    value: float = 0.0
    per: str = "1"


@dataclass(frozen=True)
class Prices:
    """What things cost: energy, a person at work (operators and repair crews), one repair."""

    currency: str = "EUR"
    energy: Price = Price(per=ENERGY_UNIT)
    person: Price = Price(per=TIME_UNIT)
    repair: float = 0.0
