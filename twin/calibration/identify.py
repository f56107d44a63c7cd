"""Says what a log tells of the free numbers, which combinations it leaves open, and what would tell more.

Symbols    z free numbers in prior spreads, A = I + Σ s q s'ᵀ their posterior precision, s slopes of a tag by z over its
           expected error, q share of a sample that is evidence of its own
Equations  information of something more: ½ ln det(A + B) − ½ ln det A;  spread then: root of the diagonal of (A + B)⁻¹
Source     expected information gain of a linear Gaussian experiment: Chaloner, Verdinelli (1995),
           doi:10.1214/ss/1177009939
Assumes    slopes at the fitted values; errors of something more are as lasting as those of the tags there are
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from physics.simulate.model import Model
from physics.simulate.sensitivity import sensitivity
from residual_models.dataset import averaged
from residual_models.levenberg import Array
from twin.calibration.study import Study
from twin.records.identifiability import Direction, Identifiability, Remedy, TradeOff

ROWS = 400
"""Samples that slopes are looked at; a longer window is averaged."""
CANDIDATES = 60
"""Quantities that are tried as a further tag."""
TAG_NOISE_RATIO = 0.01
"""Error that a further tag is given, of its own range in the window: a usual instrument's class, 1 %."""
TEST_SHARE = 0.25
TEST_PERIODS = 4
"""A test moves one logged input by a quarter of its range, of its value where it stood still, up and down so often
in the window."""
WEAKEST, PAIRS, REMEDIES = 3, 8, 6
LOOSE = 0.8
"""Two numbers correlated beyond this are named as a pair."""
SEEN = 0.3
"""Weight in a direction from which on a number is named."""


@dataclass(frozen=True)
class Told:
    """The fit's end: values [F], posterior precision [F, F] in prior spreads, expected error and correlation time of
    each tag [S], samples.
    """

    values: Array
    precision: Array
    sigma: Array
    tau: Array


def identify(ready: Study, told: Told) -> Identifiability:
    """Look at a fit from all sides."""
    names, sd = ready.runs.numbers.names, ready.runs.numbers.sd
    covariance = np.asarray(np.linalg.inv(told.precision), np.float64)
    usable = sum(record.mask.sum(axis=0) for record in ready.runs.records)
    independent = {
        tag: float(max(count / max(tau, 1.0), 1.0) if count else 0.0)
        for tag, count, tau in zip(ready.assembly.sensor_tags, usable, told.tau, strict=True)
    }
    return Identifiability(
        independent, _directions(names, covariance), _pairs(names, covariance, sd), _remedies(ready, told)
    )


def _directions(names: tuple[str, ...], covariance: Array) -> tuple[Direction, ...]:
    size, along = np.linalg.eigh(covariance)
    found = []
    for at in np.argsort(-size)[:WEAKEST]:
        order = [k for k in np.argsort(-np.abs(along[:, at])) if abs(along[k, at]) >= SEEN]
        sign = np.sign(along[order[0], at]) if order else 1.0
        weights = tuple(float(sign * along[k, at]) for k in order)
        own, left = tuple(names[k] for k in order), float(np.sqrt(size[at]))
        ups = [name for name, weight in zip(own, weights, strict=True) if weight > 0]
        downs = [name for name, weight in zip(own, weights, strict=True) if weight < 0]
        words = " and ".join(ups) + " up" + (f" with {' and '.join(downs)} down" if downs else "")
        found.append(Direction(own, weights, left, f"{words}: the log leaves {100 * left:.0f} % of the prior spread"))
    return tuple(found)


def _pairs(names: tuple[str, ...], covariance: Array, sd: Array) -> tuple[TradeOff, ...]:
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)
    first, second = np.nonzero(np.triu(np.abs(correlation) > LOOSE, k=1))
    order = np.argsort(-np.abs(correlation[first, second]))[:PAIRS]
    found = []
    for i, j in zip(first[order], second[order], strict=True):
        slope = correlation[i, j] * spread[j] * sd[j] / (spread[i] * sd[i])
        word = "raising" if slope > 0 else "lowering"
        text = f"raising {names[i]} by 1 is nearly undone by {word} {names[j]} by {abs(slope):.3g}, both in SI"
        found.append(TradeOff(names[i], names[j], float(correlation[i, j]), text))
    return tuple(found)


def _remedies(ready: Study, told: Told) -> tuple[Remedy, ...]:
    """Further tags and tests, the most telling first."""
    record = max(ready.runs.records, key=lambda one: len(one.inputs))
    coarse = max(1, -(-len(record.inputs) // ROWS))
    inputs, step_s = averaged(record.inputs, coarse), ready.runs.sample_s * coarse
    paths = _candidates(ready)
    watching = ready.assembly.compile(observe=paths)
    values = told.values[:, None]
    runs = ready.runs
    parameters, start = runs.world_parameters(values), runs.world_starts(record, values)
    share = coarse / max(float(np.median(told.tau)), coarse)
    tags, more = _slopes(watching, ready, paths, (inputs, step_s, parameters, start))
    names, found = runs.numbers.names, []
    for at, path in enumerate(paths):
        swing = float(np.ptp(more[0][:, at]))
        if swing > 0.0 and np.isfinite(swing):
            seen = more[1][:, at] / (TAG_NOISE_RATIO * swing)
            found.append(_remedy("tag", path, told.precision, told.precision + share * seen.T @ seen, names))
    for at, name in enumerate(ready.model.input_names):
        swing = float(np.ptp(inputs[:, at])) or abs(float(inputs[0, at]))
        if name not in ready.assembly.drives:
            continue
        if swing == 0.0:
            continue
        tested = inputs.copy()
        tested[:, at] += TEST_SHARE * swing * _square(len(inputs))
        moved, _more = _slopes(watching, ready, (), (tested, step_s, parameters, start))
        now, then = (told.precision + share * _information(slopes, told.sigma) for slopes in (tags[1], moved[1]))
        found.append(_remedy("test", name, now, then, names))
    return tuple(sorted((one for one in found if one.gain_nats > 0.0), key=lambda one: -one.gain_nats)[:REMEDIES])


def _slopes(
    watching: Model, ready: Study, paths: Sequence[str], run: tuple[Array, float, Array, Array]
) -> tuple[tuple[Array, Array], tuple[Array, Array]]:
    """Outputs [T, S] and slopes by the numbers in prior spreads [T, S, F]: of the tags, and of further quantities."""
    inputs, step_s, parameters, start = run
    numbers = ready.runs.numbers
    found = sensitivity(
        watching,
        inputs=inputs,
        sample_s=step_s,
        parameters=parameters,
        start=start,
        free=numbers.names,
        options=ready.runs.options,
    )
    slopes = np.nan_to_num(found.jacobian[:, :, :, 0]) * numbers.sd
    outputs = found.outputs[:, :, 0]
    tags = [watching.output_names.index(path) for path in ready.assembly.outputs]
    more = [watching.output_names.index(path) for path in paths]
    return (outputs[:, tags], slopes[:, tags]), (outputs[:, more], slopes[:, more])


def _candidates(ready: Study) -> tuple[str, ...]:
    """Unknowns of the plant that no tag measures, evenly taken where they are many."""
    own = [name for name in ready.model.state_names if name not in ready.assembly.outputs]
    return tuple(own[:: max(1, -(-len(own) // CANDIDATES))])


def _remedy(kind: str, what: str, now: Array, then: Array, names: tuple[str, ...]) -> Remedy:
    """What a posterior precision gains; a test is held against as long a window of the usual inputs."""
    gain = 0.5 * (np.linalg.slogdet(then)[1] - np.linalg.slogdet(now)[1])
    left = np.sqrt(np.diag(np.linalg.inv(then)) / np.diag(np.linalg.inv(now)))
    best = int(np.argmin(left))
    return Remedy(kind, what, names[best], float(left[best]), float(gain))


def _information(slopes: Array, sigma: Array) -> Array:
    """Of every sample of the tags' slopes [T, S, F], shape [F, F]."""
    rows = (slopes / sigma[:, None]).reshape(-1, slopes.shape[2])
    return np.asarray(rows.T @ rows)


def _square(samples: int) -> Array:
    """+1 and -1 in turn."""
    return np.where(np.arange(samples) * 2 * TEST_PERIODS // samples % 2 == 0, 1.0, -1.0)
