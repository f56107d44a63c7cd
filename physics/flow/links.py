"""What crosses between a line and a plant at an exchange: each link names a part of the one, a number of the other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Speed:
    """A part of the line goes as fast as an output of the plant says: `nominal` of it is the part's declared speed."""

    part: str
    output: str
    nominal: float


@dataclass(frozen=True)
class Derate:
    """A part slows down while an output is beyond `begins`, evenly down to `least` of its speed at `ends`."""

    part: str
    output: str
    begins: float
    ends: float
    least: float = 0.0


@dataclass(frozen=True)
class Load:
    """An input of the plant is `per_item` times the items that a part of the line holds, plus `empty`."""

    input: str
    part: str
    per_item: float
    empty: float = 0.0


@dataclass(frozen=True)
class Drive:
    """An input of the plant is `running`, or `standing` while its part of the line is down, serviced or off shift.

    Where inputs over time are handed in, `running` is what they say.
    """

    input: str
    part: str
    running: float
    standing: float = 0.0


@dataclass(frozen=True)
class Work:
    """An input of the plant goes from `idle` to `working` with the share of time that the part was at work."""

    input: str
    part: str
    working: float
    idle: float = 0.0


@dataclass(frozen=True)
class Wear:
    """A `physical_failure` of the line comes when a state of the plant reaches `limit`; its repair sets it to `new`."""

    failure: str
    state: str
    limit: float
    new: float = 0.0


@dataclass(frozen=True)
class Trip:
    """A `physical_failure` comes when the mean of an output over an interval is above (else below) `bound`.

    It is asked only while the machine has run for the whole interval, so that a drive that was switched off, for
    repair or by shift, is no failure.
    """

    failure: str
    output: str
    bound: float
    above: bool = True


Link = Speed | Derate | Load | Drive | Work | Wear | Trip
