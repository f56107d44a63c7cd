"""Units at the border: what people write and read, as an affine map to the SI unit inside.

Every conversion is `si = factor * value + offset`; the offset matters for temperatures and gauge pressures, and a
spread (standard deviation, width) takes the factor alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    import numpy as np
    import pint
    from numpy.typing import NDArray

Value = TypeVar("Value", bound="float | NDArray[np.float64]")

STANDARD_ATMOSPHERE_PA = 101_325.0
"""Zero of a gauge pressure; ISO 2533."""

DEFINITIONS = (
    f"bar_gauge = 1e5 * pascal; offset: {STANDARD_ATMOSPHERE_PA} = barg",
    f"kilopascal_gauge = 1e3 * pascal; offset: {STANDARD_ATMOSPHERE_PA} = kPag",
    f"psi_gauge = 6894.757293168 * pascal; offset: {STANDARD_ATMOSPHERE_PA} = psig",
)

SPELLINGS = {
    "": "1", "-": "1", "%": "percent", "°": "degree", "°C": "degC", "℃": "degC", "Celsius": "degC", "°F": "degF",
    "Ω": "ohm", "Nm": "N*m", "kNm": "kN*m", "mWC": "mH2O", "mWS": "mH2O",
}  # fmt: skip
"""Whole spellings that pint reads differently or not at all."""

SYMBOLS = {"·": "*", "³": "**3", "²": "**2", "⁻¹": "**-1", "µ": "u", "μ": "u", "bar(g)": "barg", "bar(a)": "bar"}

SPAN = 1024.0
"""Distance over which the slope of a unit with an offset is taken: rounding then shrinks with it."""

STANDARD_GRAVITY_UNIT = "standard_gravity"

NAME_SYMBOLS = {
    "m": "m", "s": "s", "kg": "kg", "rad": "rad", "mol": "mol", "n": "N", "pa": "Pa", "w": "W", "j": "J", "k": "K",
    "v": "V", "a": "A", "ohm": "ohm", "h": "H", "f": "F", "hz": "Hz", "wb": "Wb", "t": "T", "c": "C",
}  # fmt: skip
"""Unit tokens that may end a physical name, lower case there; a digit behind one is its power."""

NAME_TOKEN = re.compile(rf"({'|'.join(NAME_SYMBOLS)})(\d?)")

PLAIN_ENDINGS = ("ratio", "count", "index", "id", "value")


class UnitError(ValueError):
    """A unit that does not exist or does not convert to the unit that is needed."""

    def __init__(self, unit: str, needed: str, reason: str) -> None:
        self.unit, self.needed, self.reason = unit, needed, reason
        super().__init__(f"unit {unit!r}: {reason}")


@dataclass(frozen=True)
class Conversion:
    """Affine map between one unit and one SI unit: `si = factor * value + offset`."""

    unit: str
    si_unit: str
    factor: float = 1.0
    offset: float = 0.0

    def to_si(self, value: Value) -> Value:
        """A number or array in `unit` becomes one in `si_unit`."""
        return cast(Value, value * self.factor + self.offset)

    def from_si(self, value: Value) -> Value:
        """A number or array in `si_unit` becomes one in `unit`."""
        return cast(Value, (value - self.offset) / self.factor)

    def spread_to_si(self, value: Value) -> Value:
        """A difference or standard deviation in `unit` becomes one in `si_unit`."""
        return cast(Value, value * abs(self.factor))

    def spread_from_si(self, value: Value) -> Value:
        """A difference or standard deviation in `si_unit` becomes one in `unit`."""
        return cast(Value, value / abs(self.factor))


@cache
def registry() -> pint.UnitRegistry[Any]:
    """The one pint registry, made on first use (reading its definitions takes a quarter of a second)."""
    import pint

    units: pint.UnitRegistry[Any] = pint.UnitRegistry(autoconvert_offset_to_baseunit=True)
    for definition in DEFINITIONS:
        units.define(definition)
    return units


def spell(unit: str) -> str:
    """The unit as pint spells it: `L/min`, `m³/h`, `N·m` and `°C` are understood."""
    text = unit.strip()
    if text in SPELLINGS:
        return SPELLINGS[text]
    for symbol, replacement in SYMBOLS.items():
        text = text.replace(symbol, replacement)
    return re.sub(r"(?<=[A-Za-z])(\d)(?![\w.])", r"**\1", text) if "H2O" not in text else text


@cache
def conversion(unit: str, si_unit: str) -> Conversion:
    """The map from a unit that people write to the SI unit of a quantity.

    Args:
        unit: As written in a plant file or mapping, e.g. "°C", "L/min", "percent"; "g" means standard gravity where
            an acceleration is needed.
        si_unit: Unit inside, pint spelling, "1" for ratios.
    Raises: UnitError, when the unit is unknown or measures something else.
    """
    if unit.strip() == si_unit:
        return Conversion(unit, si_unit)
    units = registry()
    try:
        target = units.Unit(spell(si_unit) if si_unit != "1" else "dimensionless")
        written = spell(unit)
        if unit.strip() == "g" and target.dimensionality == units.Unit("m/s**2").dimensionality:
            written = STANDARD_GRAVITY_UNIT
        source = units.Unit(written if written != "1" else "dimensionless")
    except Exception as error:  # pint lets its tokenizer's, attribute and type errors through, too
        raise UnitError(unit, si_unit, "is no unit that we know") from error
    if source.dimensionality != target.dimensionality or _angle_power(source) != _angle_power(target):
        raise UnitError(unit, si_unit, f"does not convert to {si_unit}")
    zero, one, far = (float(units.Quantity(value, source).to(target).magnitude) for value in (0.0, 1.0, SPAN))
    return Conversion(unit, si_unit, one if zero == 0.0 else (far - zero) / SPAN, zero)


def si_unit(unit: str) -> str:
    """The SI unit of the same dimension, for a tag that measures nothing in the model ("°C" gives "K")."""
    try:
        base = registry().Quantity(1.0, spell(unit) if spell(unit) != "1" else "dimensionless").to_base_units().units
    except Exception as error:  # as above
        raise UnitError(unit, "", "is no unit that we know") from error
    text = f"{base:~C}"
    return text or "1"


def unit_of_name(name: str) -> str:
    """The SI unit that a physical name ends with: `torque_n_m` gives "N*m", `flow_m3_per_s` gives "m**3/s".

    Raises: UnitError, when the name ends with no unit.
    """
    tokens = name.split("_")
    if tokens[-1] in PLAIN_ENDINGS:
        return "1"
    ending = tokens[_first_of_unit(tokens) :]
    if not ending:
        raise UnitError(name, "", "the name ends with no SI unit")
    above, below = (ending, []) if "per" not in ending else _around_per(ending)
    return ("*".join(map(_symbol, above)) or "1") + "".join(f"/{_symbol(token)}" for token in below)


def words_of_name(name: str) -> str:
    """A physical name as words, without its unit: `area_m2` gives "area", `wear_ratio` gives "wear"."""
    tokens = name.split("_")
    first = len(tokens) - 1 if tokens[-1] in PLAIN_ENDINGS else _first_of_unit(tokens)
    return " ".join(tokens[:first] or tokens)


def _first_of_unit(tokens: list[str]) -> int:
    """Where the unit begins in a name's tokens; behind the last one where there is none."""
    first = len(tokens)
    while first > 0 and (NAME_TOKEN.fullmatch(tokens[first - 1]) or tokens[first - 1] == "per" != tokens[-1]):
        first -= 1
    return first


def _angle_power(unit: pint.Unit) -> float:
    """How often a unit counts radians: pint calls them dimensionless, and 50 Hz would pass as 50 rad/s."""
    roots = registry().get_root_units(unit)[1]
    return float(dict(roots._units).get("radian", 0.0))


def _around_per(tokens: list[str]) -> tuple[list[str], list[str]]:
    at = tokens.index("per")
    return tokens[:at], [token for token in tokens[at + 1 :] if token != "per"]


def _symbol(token: str) -> str:
    power = token[-1] if token[-1].isdigit() else ""
    return NAME_SYMBOLS[token.removesuffix(power)] + (f"**{power}" if power else "")
