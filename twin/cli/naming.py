"""How names and units are read, for the trials of component types."""

from __future__ import annotations

from physics.trial.base_units import Naming
from twin.units import UnitError, conversion, registry, spell, unit_of_name


def same(unit: str, other: str) -> bool:
    """Whether two units are one: they convert without factor and offset."""
    try:
        found = conversion(unit, other)
    except UnitError:
        return False
    return (found.factor, found.offset) == (1.0, 0.0)


def dimensions(unit: str) -> dict[str, float]:
    """Powers of a unit's base dimensions, "[length]": 1.0."""
    found = registry().Unit(spell(unit) if unit != "1" else "dimensionless").dimensionality
    return {base: float(power) for base, power in found.items()}


NAMING = Naming(unit_of_name, same, dimensions)
