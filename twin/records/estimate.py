"""What no sensor shows, and what the readings surprised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class HiddenKind(StrEnum):
    """A state moves within hours, wear only grows until maintenance, a parameter stays."""

    STATE = "state"
    WEAR = "wear"
    PARAMETER = "parameter"


class Filter(StrEnum):
    """How the readings correct what is believed: by worlds drawn at random, or at the points of a Gaussian."""

    AUTO = "auto"
    ENSEMBLE = "ensemble"
    UNSCENTED = "unscented"


@dataclass(frozen=True)
class Hidden:
    """One number that no sensor shows.

    Attributes: asset; quantity, with its port where it stands at one; unit, SI; kind; meaning, as its type declares it;
    mean and spread [K], each as all readings of the stretch tell it.
    """

    asset: str
    quantity: str
    unit: str
    kind: HiddenKind
    meaning: str
    mean: Floats
    spread: Floats


@dataclass(frozen=True)
class Surprise:
    """What one tag read that was not expected.

    Attributes: tag; unit, SI; beside, what it reads beside the model at the end; innovations [K], over what was to be
    expected, NaN where missing; size, the root mean square of their later half: 1 where the filter expects as much as
    comes; spread, the standard deviation of `beside` as far as the readings leave it open.
    """

    tag: str
    unit: str
    beside: float
    innovations: Floats
    size: float
    spread: float


@dataclass(frozen=True)
class Estimate:
    """The last hours: times_us [K], hidden numbers, what each tag surprised, and the filter that was taken."""

    plant: str
    version: int
    times_us: NDArray[np.int64]
    hidden: tuple[Hidden, ...]
    tags: tuple[Surprise, ...]
    filter: Filter = Filter.ENSEMBLE
