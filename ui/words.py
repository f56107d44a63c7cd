"""How numbers, units, times and chances are written on screen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from math import isfinite
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from api.schemas.base import Display
from api.schemas.plants import PlantView

NOTHING = "–"
HORIZON_DAYS = 90
SPELLINGS = {
    "degC": "°C", "degc": "°C", "celsius": "°C", "degree_Celsius": "°C", "percent": "%", "1": "", "dimensionless": "",
    "ohm": "Ω", "hour": "h", "minute": "min", "second": "s", "day": "d",
    "1/h": "per h",
}  # fmt: skip
SUFFIXES = (
    "per", "m", "kg", "s", "j", "w", "n", "a", "v", "k", "pa", "rad", "ohm", "h", "m2", "m3", "s2", "mol", "f", "rev",
)  # fmt: skip
UPPER = {"j": "J", "w": "W", "n": "N", "a": "A", "v": "V", "k": "K", "pa": "Pa", "ohm": "Ω", "h": "H", "f": "F"}


def number(value: float | None, digits: int = 3) -> str:
    """A number with that many significant digits, grouped in thousands by thin spaces; a dash where there is none."""
    if value is None or not isfinite(value):
        return NOTHING
    if value == 0:
        return "0"
    magnitude = int(f"{value:.{digits - 1}e}".split("e")[1])
    if magnitude < -4 or magnitude > 6:
        mantissa, exponent = f"{value:.{digits - 1}e}".split("e")
        return f"{mantissa}·10{_raised(int(exponent))}"
    rounded = round(value, digits - 1 - magnitude)
    return f"{rounded:,.{max(0, digits - 1 - magnitude)}f}".replace(",", "\u202f").replace("-", "−")


def count(value: int) -> str:
    """A whole number, grouped in thousands."""
    return f"{value:,}".replace(",", "\u202f")


def shown(value: float | None, display: Display | None) -> float | None:
    """An SI number in the display unit; unchanged where no display is given."""
    if value is None or display is None:
        return value
    return value * display.factor + display.offset


def in_si(typed: float, display: Display | None) -> float:
    """A number typed in the display unit, in SI; the way back of `shown`."""
    return typed if display is None else (typed - display.offset) / display.factor


def shown_all(values: Sequence[float | None], display: Display | None) -> list[float | None]:
    """A row of SI numbers in the display unit."""
    if display is None:
        return list(values)
    return [None if value is None else value * display.factor + display.offset for value in values]


def shown_width(value: float | None, display: Display | None) -> float | None:
    """A difference or spread in the display unit: scaled, never shifted."""
    return value if value is None or display is None else value * display.factor


def unit(text: str) -> str:
    """A unit as people write it: m3/s as m³/s, kg*m2 as kg·m², degC as °C, a pure number as nothing."""
    if text in SPELLINGS:
        return SPELLINGS[text]
    text = re.sub(r"(?<=[A-Za-z])\*{0,2}\^?(-?\d)(?!\w)", lambda match: _raised(int(match[1])), text)
    return text.replace("**", "^").replace("*", "·")


def unit_of_name(name: str) -> str:
    """The SI unit that a quantity's name ends with: `flow_m3_per_s` gives m³/s, `wear_ratio` nothing."""
    words = name.split("@")[0].rsplit(".", 1)[-1].split("_")
    tail: list[str] = []
    while len(words) > 1 and words[-1] in SUFFIXES:
        tail.insert(0, words.pop())
    spelled = [UPPER.get(part, part) for part in tail]
    above = spelled[: spelled.index("per")] if "per" in spelled else spelled
    below = [part for part in spelled[len(above) :] if part != "per"]
    under = f"({'*'.join(below)})" if len(below) > 1 else "".join(below)
    return unit("*".join(above) or "1" if not below else f"{'*'.join(above) or '1'}/{under}")


def with_unit(text: str, unit_text: str) -> str:
    """`12.3 L/min`; just the number where the unit is nothing."""
    return f"{text} {unit_text}" if unit_text and text != NOTHING else text


def chance(value: float | None) -> str:
    """A probability in percent, never pretending to be 0 or 100."""
    if value is None:
        return NOTHING
    if value < 0.005:
        return "< 0.5 %" if value > 0 else "0 %"
    return "> 99.5 %" if 0.995 < value < 1 else f"{100 * value:.0f} %"


def days(value: float | None, horizon_days: int = HORIZON_DAYS) -> str:
    """A remaining life; beyond the forecast's horizon it says just that."""
    if value is None:
        return f"> {horizon_days} d"
    if value <= 0:
        return "reached"
    return f"{value:.1f} d" if value < 10 else f"{value:.0f} d"


def duration(seconds: float | None) -> str:
    """A stretch of time in its two largest units: 90 s as 1 min 30 s."""
    if seconds is None:
        return NOTHING
    if seconds < 1:
        return f"{1000 * seconds:.0f} ms"
    left, parts = round(seconds), []
    for name, size in (("d", 86400), ("h", 3600), ("min", 60), ("s", 1)):
        count, left = divmod(left, size)
        if count:
            parts.append(f"{count} {name}")
    return " ".join(parts[:2])


def site_zone(name: str) -> ZoneInfo:
    """The site's time zone; UTC where the name is unknown to this machine."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def local(instant: datetime, zone: ZoneInfo) -> datetime:
    """The wall clock at the site, without zone, as plotly's axes want it."""
    return instant.astimezone(zone).replace(tzinfo=None)


def when(instant: datetime | None, zone: ZoneInfo) -> str:
    """Date and time at the site, to the minute."""
    return NOTHING if instant is None else f"{local(instant, zone):%d %b %Y, %H:%M}"


def from_local(text: str, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall-clock text such as 2026-03-02 14:10:00."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def iso(instant: datetime) -> str:
    """ISO 8601 with Z, as the API wants it."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def leaf(asset: str) -> str:
    """The last part of an asset's path."""
    return asset.rsplit("/", 1)[-1]


def asset_names(plant: PlantView) -> dict[str, str]:
    """What people call each asset: its name, else the last part of its path."""
    return {asset.id: asset.name or leaf(asset.id) for asset in plant.assets}


def plain(name: str) -> str:
    """A quantity's name without underscores and unit: `resistance_ohm` as resistance, `wear_per_j` as wear per J."""
    words = name.removesuffix("_ratio").split("_")
    tail: list[str] = []
    while len(words) > 1 and words[-1] in SUFFIXES:
        tail.insert(0, words.pop())
    kept = [unit(UPPER.get(part, part)) for part in tail] if tail[:1] == ["per"] else []
    return " ".join([*words, *kept])


def brief(text: str, most: int = 120) -> str:
    """The first sentence of a text, cut where it is long."""
    first = text.split(". ")[0].rstrip(".")
    return first if len(first) <= most else f"{first[: most - 1]}…"


def _raised(exponent: int) -> str:
    return str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
