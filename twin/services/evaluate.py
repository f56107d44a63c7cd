"""Use case: how well a model version does on a stretch of log, beside physics alone and persistence."""

from __future__ import annotations

from typing import Any

import numpy as np

from residual_models import intervals, noise
from residual_models.baselines import persistence
from residual_models.levenberg import Array
from twin.assembly.assemble import assemble
from twin.calibration.replay import START_SAMPLES, replay
from twin.calibration.study import Study, study
from twin.errors import NotReady
from twin.gate.compare import rmse
from twin.services import models, plants, windows
from twin.services.aged import aged
from twin.services.context import Context

BLOCK_TIMES = 2.0


def evaluate(
    context: Context,
    plant: str,
    *,
    start_us: int | None = None,
    end_us: int | None = None,
    version: int | None = None,
    skip: int = START_SAMPLES,
) -> dict[str, Any]:
    """Free-run scores of a model version on a window, its wear as it has grown by then.

    Args:
        context: Access to the world.
        plant: Name of the plant.
        start_us: First sample; the plant's first reading by default.
        end_us: No sample at or after it.
        version: Of the model; the champion by default.
        skip: Samples at the beginning of each stretch that are not scored; they may set its start state.
    Returns: {plant, version, window, samples, tags: {tag: {unit, rmse, physics, persistence, coverage, ...}}}, SI.
    Raises: NotFound; NotReady, when there is no model or nothing to score.
    """
    model = models.champion(context, plant) if version is None else models.get(context, plant, version)
    scene, _revision = plants.get(context, plant)
    window = windows.window(context, plant, start_us, end_us)
    assembly = assemble(scene, types=plants.types(context))
    ready = study(assembly, assembly.compile(), window)
    measured = _scored(ready, skip)
    if not np.isfinite(measured).any():
        raise NotReady(f"plant {plant!r}: nothing was measured in this window. Take another one.")
    model = aged(context, model, ready)
    central = replay(ready, model.calibration, model.residual).central
    physics = replay(ready, model.calibration, None).central
    held = _held(ready)
    sensors = [scene.sensor(tag) for tag in assembly.sensor_tags]
    lead_s = ready.run_for_s(START_SAMPLES)
    columns = {"rmse": rmse(central, measured), "physics": rmse(physics, measured), "persistence": rmse(held, measured)}
    tags = {}
    for at, sensor in enumerate(sensors):
        scores = {name: float(values[at]) for name, values in columns.items()}
        half = np.nan_to_num(model.band.at(sensor.tag, lead_s, followed=False), nan=np.inf)
        band = band_scores(measured[:, at], central[:, at], held[:, at], half, model.band.level)
        tags[sensor.tag] = {"unit": assembly.units[sensor.tag].si_unit, **scores, **band}
    return {
        "plant": plant,
        "version": model.version,
        "window": [int(window.start_us), int(window.times_us()[-1])],
        "samples": int(np.isfinite(measured).any(axis=1).sum()),
        "skip": skip,
        "tags": tags,
    }


def band_scores(
    measured: Array, central: Array, held: Array, half_width: Array | float, level: float
) -> dict[str, Any]:
    """Coverage with its 95 % block-bootstrap interval, mean width, and interval score beside persistence's own band.

    Persistence gets the half-width that its own errors on this very window ask for: no band of it could do better.
    """
    low, high = central - half_width, central + half_width
    hits = intervals.covered(measured, low, high)
    block = max(1, int(np.ceil(BLOCK_TIMES * noise.correlation_time(hits - np.nanmean(hits)))))
    between = intervals.mean_interval(hits, block)
    error = np.abs(held - measured)
    rival = float(np.nanquantile(error, level)) if np.isfinite(error).any() else float("nan")
    own = intervals.interval_score(measured, low, high, level)
    other = intervals.interval_score(measured, held - rival, held + rival, level)
    score, persistence_score = _mean(own, measured), _mean(other, measured)
    return {
        "level": level,
        "coverage": float(np.nanmean(hits)),
        "coverage_low": between[0],
        "coverage_high": between[1],
        "width": 2.0 * _mean(np.broadcast_to(half_width, measured.shape), measured),
        "interval_score": score,
        "persistence_interval_score": persistence_score,
        "band_right": bool(between[0] <= level <= between[1] and score < persistence_score),
    }


def _mean(values: Array, measured: Array) -> float:
    known = np.isfinite(measured)
    return float(np.mean(values[known])) if known.any() else float("nan")


def _scored(ready: Study, skip: int) -> Array:
    """Measurements of the records without their first samples, NaN elsewhere, shape [T, S]."""
    measured, scored = ready.measured(), np.full((ready.window.samples, len(ready.assembly.sensor_tags)), np.nan)
    for first, last in ready.rows:
        scored[first + skip : last] = measured[first + skip : last]
    return scored


def _held(ready: Study) -> Array:
    """Persistence from each record's first samples, on the window's grid [T, S]."""
    measured = ready.measured()
    runs = [
        persistence.free_run(measured[first : first + START_SAMPLES], last - first, START_SAMPLES)
        for first, last in ready.rows
    ]
    return ready.spread_out(tuple(runs))
