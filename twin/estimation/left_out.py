"""Forecasts on all that nobody trained on: stretch by stretch of the training record, each by the fit that missed it.

The last quarter of a record may be calm; its other stretches say what else a later day can bring. Each is followed and
forecast by the member that left it out, with the posterior's spread around that member. A forecast ends where the
member's own knowledge begins.

Source     Barber, Candès, Ramdas, Tibshirani (2021), doi:10.1214/20-AOS1965: jackknife+ and CV+; here by whole
           stretches, since neighbours in time are no strangers
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from twin.calibration.replay import replay
from twin.calibration.study import MIN_SAMPLES, Study, study
from twin.calibration.versions import Learned
from twin.estimation.disturbance import Disturbance
from twin.estimation.forecasts import STARTS, Forecasts, forecasts


def left_out(
    whole: Study,
    learned: Learned,
    contender: str,
    disturbance: Disturbance,
    *,
    leads: NDArray[np.intp],
    every: int,
) -> list[Forecasts]:
    """Forecasts on each stretch that a member missed, in order of time; none where no member missed any.

    Args:
        whole: The window and the plant.
        learned: What was trained on its first part.
        contender: "physics" or "hybrid".
        disturbance: Of each tag.
        leads: Samples ahead to look at, rising.
        every: Samples between corrections, as where these forecasts are held beside others.
    """
    apart = learned.apart.get(contender)
    if apart is None:
        return []
    found = []
    for member, (first, end, until) in enumerate(apart.spans):
        if until - first < 2 * MIN_SAMPLES:
            continue
        part = study(whole.assembly, whole.model, whole.window, until=int(until))
        alone = learned.without(contender, member)
        starts = STARTS * int(until - first) // (int(end - first) * len(apart.spans))
        made = forecasts(
            part,
            replay(part, alone.calibration, alone.residual),
            alone.calibration,
            alone.residual,
            disturbance,
            first=int(first),
            leads=leads,
            chunks=-(-int(until - first) // every),
            starts=max(starts, 2),
        )
        found.append(made.begun_until(int(end)))
    return found


def joined(made: Sequence[Forecasts]) -> Forecasts:
    """Forecasts of the same leads as one."""
    rows, central, spread = ([getattr(one, name) for one in made] for name in ("rows", "central", "spread"))
    return Forecasts(np.concatenate(rows), made[0].leads, np.concatenate(central), np.concatenate(spread))
