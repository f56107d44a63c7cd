"""What a log tells of a plant's numbers, which of them it cannot tell apart, and what would."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Direction:
    """A combination of numbers that the log tells least about.

    Attributes: names and weights, of the numbers in it, in their prior spreads, largest first; left, spread along it
    after the fit over that before; text, in words.
    """

    names: tuple[str, ...]
    weights: tuple[float, ...]
    left: float
    text: str


@dataclass(frozen=True)
class TradeOff:
    """Two numbers that move the outputs nearly alike: posterior correlation, and in words what undoes what."""

    first: str
    second: str
    correlation: float
    text: str


@dataclass(frozen=True)
class Remedy:
    """What would tell more: a quantity that no tag measures, or an input moved in a test.

    Attributes: kind, "tag" or "test"; what, quantity or input; number, whose spread would fall most; left, its spread
    then over its spread now; gain_nats, expected information on all numbers together.
    """

    kind: str
    what: str
    number: str
    left: float
    gain_nats: float


@dataclass(frozen=True)
class Identifiability:
    """Attributes: independent, samples of each tag that say something of their own; directions, pairs, remedies."""

    independent: dict[str, float]
    directions: tuple[Direction, ...]
    pairs: tuple[TradeOff, ...]
    remedies: tuple[Remedy, ...]
