"""Use case: train a plant's surrogate on the engine's worlds, tell its errors, and open it again."""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import torch

from residual_models.artefact import ArtefactDamaged
from residual_models.world import score, surrogate
from residual_models.world.network import HISTORY, LatentWorld
from residual_models.world.signals import scale_of, standardised
from residual_models.world.surrogate import Surrogate
from residual_models.world.training import Course, train
from twin.errors import NotReady
from twin.services.basis import Basis, stand_on
from twin.services.context import Context, Progress
from twin.services.goals import facts_of, folder_of
from twin.services.present import driven_inputs
from twin.services.steps import State
from twin.services.windows import window
from twin.surrogates.varied import Ranges, Varied, ranges_of, vary

WORLDS, TEST_WORLDS, TIMED_WORLDS = 1024, 128, 512
STEP_S, HOURS = 300.0, 8.0
TRAINED_OVER, OUTSIDE = 1.2, 1.5
"""Ranges of the log are widened so far for training, and so far for the worlds that stand outside of it."""

RUN_SHARE, TRAIN_SHARE = 0.15, 0.75


@dataclass(frozen=True)
class Order:
    """How to train: samples of step_s, hours of a world, worlds, steps of training, seed."""

    step_s: float = STEP_S
    hours: float = HOURS
    worlds: int = WORLDS
    steps: int = Course.steps
    seed: int = 0

    @property
    def samples(self) -> int:
        """Of a world, the window it begins with included."""
        return HISTORY + round(self.hours * 3600.0 / self.step_s)


def make(context: Context, plant: str, order: Order, progress: Progress) -> dict[str, Any]:
    """Train, score and keep; the surrogate before is replaced.

    Returns: The facts that are kept with it: shares of near forecasts and errors by horizon, inside and outside of the
        range of the log, beside persistence and ARX; the engine's time over its own.
    Raises: NotFound; NotReady, without a log; Collapsed.
    """
    basis = stand_on(context, plant)
    ranges = logged_ranges(context, plant, basis, order.step_s)
    learn = _worlds(basis, ranges.widened(TRAINED_OVER), order, order.worlds, 0,
                    lambda share: progress(RUN_SHARE * share, "running worlds to learn from"))  # fmt: skip
    found = _trained(basis, ranges, learn, order,
                     lambda share, text: progress(RUN_SHARE + TRAIN_SHARE * share, f"training, {text}"))  # fmt: skip
    progress(RUN_SHARE + TRAIN_SHARE, "comparing with the engine")
    facts = {
        "plant": plant,
        "scene_revision": basis.revision,
        "model_version": basis.version_number,
        "order": vars(order),
        "inside": _scored(found, basis, ranges, order, learn),
        "outside": _scored(found, basis, ranges.widened(OUTSIDE), order, learn),
        "times_faster": _times_faster(found, basis, ranges, order),
    }
    found.save(folder_of(context, plant), facts)
    return facts


def load(context: Context, plant: str) -> tuple[Surrogate, dict[str, Any]]:
    """The plant's surrogate and its facts.

    Raises: NotReady, when none was trained or its file is damaged.
    """
    digest = facts_of(context, plant)["sha256"]
    try:
        return surrogate.load(folder_of(context, plant), digest)
    except ArtefactDamaged as error:
        raise NotReady(f"plant {plant!r}: {error}") from error


def logged_ranges(context: Context, plant: str, basis: Basis, step_s: float, end_us: int | None = None) -> Ranges:
    """Where the log, up to its end by default, has driven each input.

    Raises: NotReady, without a log.
    """
    log = window(context, plant, None, end_us, step_s=step_s, revision=basis.revision)
    return ranges_of(basis.assembly, basis.model.input_names, driven_inputs(basis, log))


def _worlds(basis: Basis, ranges: Ranges, order: Order, count: int, seed: int, tell: Any = None) -> Varied:
    seed += 1000 * order.seed
    return vary(basis.worlds(count, seed), basis.assembly, ranges, samples=order.samples, step_s=order.step_s,
                seed=seed, tell=tell)  # fmt: skip


def _trained(basis: Basis, ranges: Ranges, learn: Varied, order: Order, progress: Progress) -> Surrogate:
    scale = scale_of(learn.truth, learn.inputs)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.random.fork_rng():
            torch.manual_seed(order.seed)
            model = LatentWorld(len(basis.assembly.sensor_tags), len(ranges.tags))
        course = Course(steps=order.steps, seed=order.seed)
        train(model, standardised(scale, learn.readings, learn.truth, learn.inputs), course, progress)
    finally:
        torch.set_num_threads(threads)
    return Surrogate(model, scale, basis.assembly.sensor_tags, ranges.tags, order.step_s)


def _scored(found: Surrogate, basis: Basis, ranges: Ranges, order: Order, learn: Varied) -> dict[str, Any]:
    test = _worlds(basis, ranges, order, TEST_WORLDS, 77)
    sd = np.array([basis.assembly.noise_sd[tag] for tag in found.tags])
    result = score.score(found, test.readings, test.truth, test.inputs, sd, (learn.readings, learn.inputs))
    every = max(1, round(3600.0 / order.step_s))
    return {
        name: {"near": result.share(name), "near_by_hour": result.near[name][every - 1 :: every].tolist(),
               "rms_by_hour": result.rms[name][every - 1 :: every].tolist()}
        for name in result.near
    }  # fmt: skip


def _times_faster(found: Surrogate, basis: Basis, ranges: Ranges, order: Order) -> float:
    """Processor time of the engine over the surrogate's, for the same worlds, horizon and samples."""
    first, worlds = found.history, _worlds(basis, ranges, order, TIMED_WORLDS, 78)
    begin = time.process_time()
    found.free_run(worlds.readings[:, :first], worlds.inputs[:, :first], worlds.inputs[:, first - 1 :])
    return worlds.engine_s / (time.process_time() - begin)


def _step(context: Context, state: State, progress: Progress) -> State:
    """Train as the job asks."""
    order = Order(**{item.name: state[item.name] for item in fields(Order)})
    return {**state, "result": make(context, state["plant"], order, progress)}


STEPS = (("train", _step),)
