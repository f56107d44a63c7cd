"""Checks on a candidate itself: it runs, its numbers stay in range, nothing that cannot wear moved overnight."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.gate.decide import DRIFT_LIMIT

Array = NDArray[np.float64]

MOST_NIGHTS = 5
"""A quarter of its size is the most that a number may have moved unseen."""


def checks(
    *,
    members: Array,
    values: Mapping[str, float],
    ranges: Mapping[str, tuple[float, float]],
    before: Mapping[str, float] | None,
    spreads: Mapping[str, float],
    maintained: bool,
    nights: int = 1,
) -> list[dict[str, Any]]:
    """All admissibility checks.

    Args:
        members: Predictions over the whole window, shape [T, S, M]; NaN where a member failed.
        values: The candidate's parameters.
        ranges: Admissible range of each.
        before: The champion's parameters, None if there is no champion.
        spreads: Prior spread of each, what a change of a number near zero is measured by.
        maintained: Whether maintenance was recorded since the champion's window.
        nights: How many have passed since the champion's data ended, this one counted.
    """
    found = [_runs(members), _in_range(values, ranges)]
    if before is not None and not maintained:
        found.append(_drift(values, before, spreads, drift_room(nights)))
    return found


def _runs(members: Array) -> dict[str, Any]:
    """A member has failed if it is undefined where another one is not."""
    known = np.isfinite(members)
    failed = int((known.any(axis=2, keepdims=True) & ~known).any(axis=(0, 1)).sum())
    return {"name": "every member runs", "passed": failed == 0, "text": f"{failed} of {members.shape[2]} failed"}


def _in_range(values: Mapping[str, float], ranges: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    outside = [
        f"{name} = {value:.4g}"
        for name, value in values.items()
        if not ranges.get(name, (-np.inf, np.inf))[0] <= value <= ranges.get(name, (-np.inf, np.inf))[1]
    ]
    return {"name": "numbers in range", "passed": not outside, "text": ", ".join(outside) or "all"}


def drift_room(nights: int) -> float:
    """How far a number that does not wear may be from the champion's: so much a night, and no more than some nights'.

    A champion that stayed while the plant moved on would else tie every later candidate to where the plant was.
    """
    return DRIFT_LIMIT * min(max(nights, 1), MOST_NIGHTS)


def _drift(
    values: Mapping[str, float], before: Mapping[str, float], spreads: Mapping[str, float], limit: float
) -> dict[str, Any]:
    moved = {
        name: abs(value - before[name]) / max(abs(before[name]), spreads.get(name, 0.0), 1e-300)
        for name, value in values.items()
        if name in before and not name.endswith("@start")
    }
    far = [f"{name} by {100 * share:.1f} %" for name, share in moved.items() if share > limit + 1e-9]
    return {
        "name": "no drift without maintenance",
        "passed": not far,
        "limit": limit,
        "text": ", ".join(far) or f"at most {100 * max(moved.values(), default=0.0):.1f} %",
    }
