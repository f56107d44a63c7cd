"""Units: names end in the declared unit, and a law does not care in which base units one counts.

All that a law reads is restated in other base units, constants of nature included; what it returns must then be the
same quantities restated. A forgotten factor or a number with a hidden unit comes out at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from physics.catalogue import CatalogueFault
from physics.contract import DOMAINS, Component, Kind
from physics.laws import constants
from physics.trial import evaluate as law
from physics.trial.evaluate import evaluate
from physics.trial.points import Floats, random_points

BASE = {"[mass]": 3.0, "[length]": 0.5, "[time]": 2.0, "[temperature]": 1.7, "[current]": 0.7}
"""How many new base units make one SI base unit; any positive numbers."""

SIGN_ONLY = (".on", ".off", ".reset_when")
"""Expressions of which only the sign counts."""

RELATIVE, ABSOLUTE = 1e-7, 1e-9
"""Rounding of laws that are traced afresh with other constants."""


@dataclass(frozen=True)
class Naming:
    """How names and units are read, given by who knows units.

    Attributes: unit_of_name, the SI unit that a name ends with, ValueError where there is none; same, whether two
    units are one; dimensions, powers of a unit's base dimensions by their names in `BASE`.
    """

    unit_of_name: Callable[[str], str]
    same: Callable[[str, str], bool]
    dimensions: Callable[[str], dict[str, float]]

    def scale(self, unit: str) -> float:
        """Numbers in a unit become this times larger in the new base units."""
        return float(np.prod([BASE[base] ** power for base, power in self.dimensions(unit).items()]))


def names(kind: type[Component], naming: Naming) -> list[CatalogueFault]:
    """Quantities and corrections end in the unit that they declare, observables in any; modes need none."""
    found = []
    units = _declared_units(kind) | {key: "" for key in evaluate(kind) if "." not in key}
    for name in (q.name for q in kind.declaration.quantities if q.kind is Kind.MODE):
        units.pop(name)
    for name, unit in units.items():
        try:
            ending = naming.unit_of_name(name)
        except ValueError as error:
            found.append(CatalogueFault(f"{kind.name} {name}", str(error), "a name that ends in its SI unit"))
            continue
        if unit and not naming.same(ending, unit):
            found.append(CatalogueFault(f"{kind.name} {name}", f"unit {unit}", f"{ending}, as its name ends"))
    return found


def law_in_other_units(kind: type[Component], naming: Naming) -> list[CatalogueFault]:
    """What a law returns is the same whatever base units it is stated in."""
    points = random_points(kind, corrected=True)
    expected = evaluate(kind, points)
    with _restated(naming):
        restated = evaluate(kind, {p: v * naming.scale(_unit_read(kind, p, naming)) for p, v in points.items()})
    return [
        CatalogueFault(
            f"{kind.name} {key}",
            "a value that depends on the base units",
            "the same quantity in any",
            "Look for a bare number that has a unit; constants stand in laws/constants.py.",
        )
        for key, value in expected.items()
        if not _same(key, restated[key], value, naming.scale(_unit_returned(kind, key, naming)))
    ]


def _same(key: str, found: Floats, expected: Floats, factor: float) -> bool:
    if key.endswith(SIGN_ONLY):
        return np.array_equal(np.sign(found), np.sign(expected))
    return np.allclose(found, expected * factor, rtol=RELATIVE, atol=ABSOLUTE * factor)


@contextmanager
def _restated(naming: Naming) -> Iterator[None]:
    """The constants of nature in the new base units, for laws traced in between."""
    kept = {name: getattr(constants, name) for name in vars(constants) if name.isupper()}
    try:
        for name, value in kept.items():
            setattr(constants, name, value * naming.scale(naming.unit_of_name(name.lower())))
        law.forget()
        yield
    finally:
        for name, value in kept.items():
            setattr(constants, name, value)
        law.forget()


def _declared_units(kind: type[Component]) -> dict[str, str]:
    units = {quantity.name: quantity.unit for quantity in kind.declaration.quantities}
    return units | {correction.name: correction.unit for correction in kind.declaration.corrections}


def _unit_read(kind: type[Component], path: str, naming: Naming) -> str:
    """SI unit of something that a law reads."""
    if "." not in path:
        return _declared_units(kind)[path]
    port = next(port for port in kind.declaration.ports if port.name == path.split(".")[0])
    return port.unit if port.domain == "signal" else naming.unit_of_name(path.split(".")[1])


def _unit_returned(kind: type[Component], key: str, naming: Naming) -> str:
    """SI unit of something that a law returns."""
    if "." not in key:
        return naming.unit_of_name(key)
    owner, what = key.split(".", 1)
    if what.startswith("features"):
        return "1"
    quantity = kind.declaration.by_name.get(owner)
    if quantity is not None and (what in ("reset_to", "residual") or quantity.kind is Kind.MODE):
        return quantity.unit
    if quantity is not None and quantity.kind is Kind.STATE:
        return f"{quantity.unit}/s" if quantity.unit != "1" else "1/s"
    port = next(port for port in kind.declaration.ports if port.name == owner)
    domain = DOMAINS[port.domain]
    if what == "storage":
        return f"({domain.flow_unit})*s/({domain.unit})"
    return port.unit if port.domain == "signal" else naming.unit_of_name(what)
