"""An ensemble by leaving out: each member first misses one stretch of the log, and so tells how wrong it is there.

One set of fits gives three things: members that differ, errors on samples that the predicting member had not seen (they
set the expected error during training and the conformal band after it), and a central prediction, the members' median.
At the end every member sees the whole log, with the expected error held: a member that never met an overflow or a cold
day would be of no use on the next one. So the band is a little wider than the final members need, never narrower.

A free run that drifts ties a stretch to its neighbours: where the error lasts longer than a stretch, a member misses
the neighbourhood too, as in h-block cross-validation (Burman, Chow, Nolan 1994, doi:10.1093/biomet/81.2.351).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residual_models import noise
from residual_models.dataset import FreeRuns, Numbers
from residual_models.levenberg import Array
from residual_models.networks.tanh_layer import first_weights
from residual_models.starts import settle
from residual_models.train import Fit, Plan, Progress, fit

APART = 0.7
"""Share of the work while members are kept apart; after that all see the whole log."""


@dataclass(frozen=True)
class Apart:
    """Members as they were while each missed a stretch.

    Attributes: values [F, M]; spans [M, 3], samples: first and end of the stretch that a member left out, and end of
    all that was hidden from it.
    """

    values: Array
    spans: NDArray[np.int64]


@dataclass(frozen=True)
class Ensemble:
    """Members side by side.

    Attributes: numbers, the free ones; fit, values [F, M] and the rest; unseen, per record [T, S], the prediction of
    each sample by the member that never saw it, NaN where all did; central, per record [T, S], the members' median;
    apart, the members before they saw all, None where none was kept apart.
    """

    numbers: Numbers
    fit: Fit
    unseen: tuple[Array, ...]
    central: tuple[Array, ...]
    apart: Apart | None = None


def left_out(lengths: Sequence[int], members: int) -> NDArray[np.int64]:
    """Which member does not see each sample, shape [sum of T]: contiguous stretches of equal length."""
    total = int(sum(lengths))
    return np.minimum(np.arange(total) * members // max(total, 1), members - 1)


def hidden(owner: NDArray[np.int64], members: int, lasting: float) -> NDArray[np.bool_]:
    """What each member must not see at first, shape [sum of T, M].

    Args:
        owner: As `left_out` gives it.
        members: How many.
        lasting: Correlation time of the free run's error, samples: where it is longer than a stretch, so much is hidden
            on either side too, but never more than half of the log in all.
    """
    total = len(owner)
    found: NDArray[np.bool_] = owner[:, None] == np.arange(members)
    for member in range(members):
        own = np.flatnonzero(found[:, member])
        if len(own) and lasting > len(own):
            room = int(min(lasting, (total // 2 - len(own)) // 2))
            found[max(0, own[0] - room) : own[-1] + 1 + max(0, room), member] = True
    return found


def spans(owner: NDArray[np.int64], held_out: NDArray[np.bool_]) -> NDArray[np.int64]:
    """First and end of each member's own stretch and end of what is hidden from it, shape [M, 3]; zeros for none."""
    found = np.zeros((held_out.shape[1], 3), np.int64)
    for member in range(len(found)):
        own, away = np.flatnonzero(owner == member), np.flatnonzero(held_out[:, member])
        if len(own):
            found[member] = own[0], own[-1] + 1, away[-1] + 1
    return found


def cross_fit(
    runs: FreeRuns,
    best: Array,
    *,
    weights: Numbers | None = None,
    members: int = 6,
    seed: int = 0,
    own_starts: Numbers | None = None,
    floor: Array | None = None,
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Train members, each without its own stretch of the records at first, then all on everything.

    Args:
        runs: Records; their free numbers are the physical ones.
        best: Values of these that a fit over everything found, shape [F].
        weights: Weights of the corrections, trained jointly; None keeps physics alone.
        members: How many.
        seed: Of the first weights.
        own_starts: Start values that each record has for itself.
        floor: Smallest expected error per tag, shape [S].
        plan: How long to train.
        progress: Told the finished share.
    """
    plan, tell = plan or Plan(), progress or (lambda _share, _text: None)
    owner = left_out([len(record.inputs) for record in runs.records], members)
    held_out = hidden(owner, members, _lasting(runs, best, own_starts, plan.start_samples))
    first = np.repeat(best[:, None], members, axis=1)
    if weights is not None:
        runs = runs.with_numbers(runs.numbers.joined(weights), runs.parameters)
        first = np.concatenate([first, first_weights(weights, members, seed)])
    common: dict[str, Any] = {"own_starts": own_starts, "floor": floor}
    apart = fit(
        runs, first, held_out=held_out, **common, plan=plan, progress=lambda share, text: tell(APART * share, text)
    )
    found = carry_on(
        runs,
        apart.values,
        apart.sigma,
        **common,
        plan=plan,
        progress=lambda share, text: tell(APART + (1.0 - APART) * share, text),
    )
    left = Apart(apart.values, spans(owner, held_out))
    return replace(found, unseen=_unseen(apart.predicted, owner), apart=left)


def carry_on(
    runs: FreeRuns,
    values: Array,
    expected: Array,
    *,
    own_starts: Numbers | None = None,
    floor: Array | None = None,
    plan: Plan | None = None,
    progress: Progress | None = None,
) -> Ensemble:
    """Train members further, all of them on everything; no sample is unseen then.

    Args:
        runs: Records and all free numbers, weights included.
        values: Where the members stand, shape [F, M].
        expected: Error per tag [S] that unseen samples showed; it is kept.
        own_starts: Start values that each record has for itself.
        floor: Smallest expected error per tag, shape [S].
        plan: How long to train: its last round counts.
        progress: Told the finished share.
    """
    plan = plan or Plan()
    found = fit(
        runs,
        values,
        own_starts=own_starts,
        floor=floor,
        expected=expected,
        plan=replace(plan, rounds=plan.rounds[-1:]),
        progress=progress,
    )
    return _seen(runs, replace(found, sigma=expected))


def as_they_stand(
    runs: FreeRuns, values: Array, expected: Array, *, own_starts: Numbers | None = None, plan: Plan | None = None
) -> Ensemble:
    """Members that were trained elsewhere, values [F, M], run over the records; nothing is trained."""
    begun = settle(runs, values, own_starts, expected, (plan or Plan()).start_samples)
    predicted, members = tuple(begun.simulate(values)), values.shape[1]
    unknown = np.full((members, 0, 0), np.nan), np.full(members, np.nan)
    return _seen(runs, Fit(values, *unknown, expected, np.ones(len(expected)), begun.member_starts(values), predicted))


def _seen(runs: FreeRuns, found: Fit) -> Ensemble:
    """An ensemble that left nothing out."""
    nothing = tuple(np.full(record.measured.shape, np.nan) for record in runs.records)
    return Ensemble(runs.numbers, found, nothing, central(found.predicted))


def central(predicted: Sequence[Array]) -> tuple[Array, ...]:
    """Median over members, per record [T, S]; members that failed are left out."""
    return tuple(np.nanmedian(np.where(np.isfinite(p), p, np.nan), axis=2) for p in predicted)


def _lasting(runs: FreeRuns, best: Array, own_starts: Numbers | None, start_samples: int) -> float:
    """Correlation time of the error of the fit over everything, samples; the median over tags."""
    measured = np.concatenate([np.where(r.mask, r.measured, np.nan) for r in runs.records])
    spread = np.array([noise.spread(column - np.nanmean(column)) for column in measured.T])
    begun = settle(runs, best[:, None], own_starts, np.where(spread > 0, spread, 1.0), start_samples)
    error = np.concatenate(begun.simulate(best[:, None]))[:, :, 0] - measured
    return float(np.median([noise.correlation_time(column - np.nanmean(column)) for column in error.T]))


def _unseen(predicted: Sequence[Array], owner: NDArray[np.int64]) -> tuple[Array, ...]:
    found, first = [], 0
    for record in predicted:
        mine = owner[first : first + len(record)]
        found.append(np.take_along_axis(record, mine[:, None, None], axis=2)[:, :, 0])
        first += len(record)
    return tuple(found)
