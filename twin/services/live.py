"""Whether the version in service keeps in service what it promised: it is compared with the one before it, live."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from twin.gate.compare import paired
from twin.records.model import ModelVersion
from twin.records.night import Exclusion
from twin.services import models
from twin.services.basis import Basis
from twin.services.context import Context
from twin.services.judge import scale_of
from twin.services.night_watch import run_of_day

SURE = 0.01
"""A version is taken out of service where chance would make it look so much worse this rarely."""
LEAST_SAMPLES = 100


@dataclass(frozen=True)
class Regression:
    """The older version that did better on what neither had seen, and how sure that is."""

    older: ModelVersion
    gain: float
    chance: float


def regression(context: Context, basis: Basis, end_us: int, excluded: tuple[Exclusion, ...]) -> Regression | None:
    """Compare the champion with its parent on all that came after its data; None where it holds its own.

    Args:
        context: Access to the database.
        basis: The plant and its champion.
        end_us: No sample at or after it.
        excluded: Readings that must not count.
    """
    version = basis.version
    if version is None or version.parent is None or version.scene_revision != basis.revision:
        return None
    older = models.get(context, version.plant, version.parent)
    since_us = max(version.gate.window[1], version.calibration.window[1])
    if older.scene_revision != basis.revision or since_us >= end_us:
        return None
    runs = [run_of_day(context, replace(basis, version=one), since_us, end_us, excluded) for one in (older, version)]
    if runs[0] is None or runs[1] is None:
        return None
    rows = slice(runs[0].first, None)
    measured = runs[0].measured[rows]
    if int(np.isfinite(measured).any(axis=1).sum()) < LEAST_SAMPLES:
        return None
    found = paired(runs[0].central[rows], runs[1].central[rows], measured, scale_of(runs[0].measured))
    return Regression(older, found.gain, found.chance) if found.chance < SURE else None
