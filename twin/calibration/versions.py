"""What training found, as the records that a model version is made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from physics.simulate.rollout import rollout
from residual_models import guard, intervals
from residual_models.ensemble import Apart, Ensemble
from residual_models.levenberg import Array
from twin.calibration.study import Study
from twin.records.model import Band, Calibration, Residual

LEVEL = 0.9
FREE_RUN = (float("inf"),)


@dataclass(frozen=True)
class Learned:
    """What a training gives: calibration of physics alone, residual if there is one.

    `unseen`: contender ("physics", "hybrid") to predictions on the window's grid [T, S] by members that had not seen
    the sample, NaN where nothing was trained; `apart`: contender to its members while each missed a stretch, samples of
    the window's grid, values of the study's numbers and then of its weights.
    """

    calibration: Calibration
    residual: Residual | None
    unseen: dict[str, Array]
    apart: dict[str, Apart] = field(default_factory=dict)

    def without(self, contender: str, member: int) -> Learned:
        """What was learned without one member's stretch: that member alone, as it was while kept apart."""
        found = self.apart[contender].values[:, member]
        count = len(self.calibration.names)
        calibration = replace(self.calibration, values=found[:count])
        if contender == "physics" or self.residual is None:
            return Learned(calibration, None, {})
        # Behind the weights stands the box of features; it is not trained.
        weights = np.concatenate([found[count:], self.residual.weights[member, len(found) - count :]])
        return Learned(
            calibration,
            replace(self.residual, weights=weights[None], parameters=found[None, :count]),
            {},
        )


def residual_of(ready: Study, found: Ensemble) -> Residual:
    """Members' weights with the box of features that they saw, and the numbers trained with them."""
    numbers = found.numbers
    physical = np.array([name not in ready.weights.names for name in numbers.names], bool)
    names = [name for name, own in zip(numbers.names, physical, strict=True) if not own]
    limits = guard.box(guard.feature_paths(ready.model, ready.assembly.plant.corrections), features(ready, found))
    weights = np.concatenate(
        [found.fit.values[~physical], np.repeat(_column(limits), found.fit.values.shape[1], axis=1)]
    )
    return Residual(
        names=(*names, *limits),
        weights=weights.T.copy(),
        parameter_names=tuple(name for name, own in zip(numbers.names, physical, strict=True) if own),
        parameters=found.fit.values[physical].T.copy(),
        noise_sd=dict(zip(ready.assembly.sensor_tags, map(float, found.fit.sigma), strict=True)),
    )


def features(ready: Study, found: Ensemble) -> Array:
    """Values of all features that any member met while training, shape [N, columns]."""
    paths = guard.feature_paths(ready.model, ready.assembly.plant.corrections)
    watching = ready.assembly.compile(observe=paths)
    columns = [watching.output_names.index(path) for path in paths]
    runs = replace(ready.runs, model=watching, numbers=found.numbers)
    parameters = runs.world_parameters(found.fit.values)
    seen = []
    for record, start in zip(runs.records, found.fit.starts, strict=True):
        run = rollout(
            watching,
            inputs=record.inputs,
            sample_s=runs.sample_s,
            parameters=parameters,
            start=start,
            options=runs.options,
        )
        seen.append(np.moveaxis(run.outputs[:, columns], 1, 2).reshape(-1, len(paths)))
    return np.concatenate(seen)


def band_of(unseen: Array, measured: Array, tags: tuple[str, ...], level: float = LEVEL) -> Band:
    """Conformal band of the free run from predictions [T, S] by members that had not seen the sample."""
    error = unseen - measured
    width: dict[str, tuple[float, ...]] = {
        tag: (intervals.half_width(error[:, at], level),) for at, tag in enumerate(tags)
    }
    return Band(level, FREE_RUN, width)


def apart_of(ready: Study, found: Ensemble) -> Apart | None:
    """The members while they were kept apart, with their stretches on the window's grid."""
    if found.apart is None:
        return None
    row = np.concatenate([np.arange(first, last) for first, last in ready.rows])
    first, end, until = found.apart.spans.T
    known = end > first
    on_grid = np.stack([row[first], row[end - 1] + 1, row[until - 1] + 1], axis=1)
    return Apart(found.apart.values, np.where(known[:, None], on_grid, 0))


def with_expected_error(calibration: Calibration, sigma: Array, tags: tuple[str, ...]) -> Calibration:
    """The calibration with the error that unseen data showed, which is the honest one."""
    return replace(calibration, noise_sd={tag: float(value) for tag, value in zip(tags, sigma, strict=True)})


def _column(limits: dict[str, float]) -> Array:
    return np.array(list(limits.values()), float)[:, None]
