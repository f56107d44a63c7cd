"""Where the time of a rollout goes, by cycle counters in the generated kernels, and what keeps lanes waiting."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from examples.large.hall import compiled, hall
from physics.compiler.lanes import LANE_COUNT
from physics.simulate import device
from physics.simulate.columns import Numbers, Run, launch_all, share
from physics.simulate.model import Model
from physics.simulate.rollout import Options, gather, kin_of, rollout
from tests.benchmarks.measure import Section, told
from tests.benchmarks.simulate import bench_bottling, bench_hall, stopwatch
from tests.benchmarks.simulate.island import SEGMENT_S, Island, island

WORLDS = 1024
LAWS_A_TURN = 6
"""Evaluations of the law in a step of rodas4, one of them with the Jacobian."""
HEAD = """Cycles of one thread, counted around the functions of the generated kernels (a counter costs some 30 cycles;
the plain kernels carry none). A lane waits while another world of its eight still steps: lane efficiency is steps taken
and refused over turns of the loop."""


@dataclass(frozen=True)
class Profile:
    """What one rollout cost.

    Attributes: shares [parts] of the kernels' cycles; steps, refused and loops of every world and island; counted_s and
    kernel_s, seconds of one thread with and without counters; python_s, packing and gathering.
    """

    name: str
    shares: np.ndarray
    steps: np.ndarray
    refused: np.ndarray
    loops: np.ndarray
    counted_s: float
    kernel_s: float
    python_s: float
    rtol: float
    methods: tuple[str, ...]


def profiled(name: str, model: Model, given: dict[str, Any], rtol: float) -> Profile:
    """One rollout with counters beside the same one without, both on one thread."""
    options = Options(rtol=rtol, threads=1)
    numbers = Numbers(given["inputs"], given["parameters"], model.start[:, None])
    worlds = given["parameters"].shape[1]

    def runs() -> list[Run]:
        return [Run(model, kin, numbers, given["sample_s"], worlds, options) for kin in kin_of(model)]

    rollout(model, **given, options=options)
    start = time.perf_counter()
    plain = runs()
    packed = time.perf_counter()
    launch_all(plain, 1, None)
    launched = time.perf_counter()
    found = gather(model, plain, len(given["inputs"]), worlds)
    gathered = time.perf_counter()
    counted = runs()
    for run in counted:
        run.kernel = _with_counters(run)
        run.info = np.zeros((stopwatch.ROWS + len(stopwatch.PARTS), run.info.shape[1]))
        run.arguments[4] = share(run.info)
    begin = time.perf_counter()
    launch_all(counted, 1, None)
    took = time.perf_counter() - begin
    cycles = np.sum([run.info[stopwatch.ROWS :].sum(axis=1) for run in counted], axis=0)
    steps, refused, loops = (np.concatenate([run.info[row] for run in counted]) for row in (2, 3, 4))
    python_s = packed - start + gathered - launched
    used = tuple(sorted(set(found.methods)))
    shares = cycles / cycles[stopwatch.WHOLE]
    return Profile(name, shares, steps, refused, loops, took, launched - packed, python_s, rtol, used)


def _with_counters(run: Run) -> Any:
    system = run.places[0][1].system
    return device._kernel(
        stopwatch.with_counters(system.representative or system, run.method), "float64", device.WITHIN
    )


def sections() -> Iterator[Section]:
    """The table, then what would make the stiff island faster."""
    problem = island(WORLDS)
    stiff = {"inputs": problem.inputs, "sample_s": SEGMENT_S, "parameters": problem.parameters}
    found = [profiled(f"stiff island, rtol {rtol:.0e}", problem.model, stiff, rtol) for rtol in (1e-4, 1e-6)]
    model, _ = compiled(*hall())
    inputs = bench_hall.driven(model)
    one = {"inputs": inputs, "sample_s": 1.0, "parameters": model.parameters[:, None]}
    found.append(profiled("hall, 1 world", model, one, 1e-4))
    many = {**one, "parameters": np.repeat(model.parameters[:, None], 8, axis=1)}
    found.append(profiled("hall, 8 worlds", model, many, 1e-4))
    model, inputs, parameters = bench_bottling.problem()
    demo = {"inputs": inputs, "sample_s": bench_bottling.SAMPLE_S, "parameters": parameters}
    found.append(profiled(f"demo plant, {bench_bottling.WORLDS} worlds", model, demo, 1e-4))
    yield Section("Where the time of a rollout goes", (HEAD, "", *_table(found)))
    yield Section("What the stiff island's time would take to fall", tuple(_levers(found[:2], problem)))


def _levers(found: list[Profile], problem: Island) -> Iterator[str]:
    """What each change would give, measured where it can be: sorted worlds, lanes that do not wait, no Jacobian."""
    yield "Each lever by itself, measured; the share is of the time of one thread.\n"
    yield "| lever | " + " | ".join(profile.name for profile in found) + " |"
    yield "|---|" + "---|" * len(found)
    sorting = [_sorting(problem, profile) for profile in found]
    yield _cells("worlds sorted by their number of steps, so that equals share lanes", sorting)
    yield _cells("lanes that never wait", [1 - (one.steps + one.refused).sum() / one.loops.sum() for one in found])
    law = stopwatch.PARTS.index("law alone (rates)")
    yield _cells("no Jacobian and no elimination at all", [
        one.shares[:2].sum() - one.shares[law] / (LAWS_A_TURN - 1) for one in found
    ])  # fmt: skip


def _cells(lever: str, shares: list[float]) -> str:
    return f"| {lever} | " + " | ".join(f"{-share:+.0%}" for share in shares) + " |"


def _sorting(problem: Island, profile: Profile) -> float:
    """Share of time saved by putting worlds of like step counts side by side."""
    order, given = np.argsort(profile.steps[: problem.parameters.shape[1]]), Options(rtol=profile.rtol, threads=1)
    times = []
    for chosen in (np.arange(len(order)), order):
        inputs, parameters = problem.inputs[..., chosen], problem.parameters[:, chosen]
        found = [0.0] * 5
        for turn in range(len(found)):
            start = time.process_time()
            rollout(problem.model, inputs=inputs, sample_s=SEGMENT_S, parameters=parameters, options=given)
            found[turn] = time.process_time() - start
        times.append(min(found))
    return 1 - times[1] / times[0]


def _table(found: list[Profile]) -> Iterator[str]:
    yield "| | " + " | ".join(profile.name for profile in found) + " |"
    yield "|---|" + "---|" * len(found)
    for part, label in enumerate(stopwatch.PARTS[: stopwatch.WHOLE]):
        yield _line(label, found, lambda one, part=part: f"{one.shares[part]:.1%}")
    yield _line("stages, error, step control, bookkeeping", found,
                lambda one: f"{1 - one.shares[: stopwatch.WHOLE].sum():.1%}")  # fmt: skip
    yield _line("lane efficiency", found, lambda one: f"{(one.steps + one.refused).sum() / one.loops.sum():.1%}")
    yield _line("steps a world and island", found, lambda one: f"{one.steps.mean():,.0f}")
    yield _line("refused", found, lambda one: f"{one.refused.sum() / (one.steps + one.refused).sum():.1%}")
    yield _line("kernels, one thread", found, lambda one: told(one.kernel_s))
    yield _line("with counters", found, lambda one: told(one.counted_s))
    yield _line("packing and gathering in Python", found, lambda one: told(one.python_s))
    yield _line("a turn of eight worlds", found, lambda one: told(one.kernel_s / (one.loops.sum() / LANE_COUNT)))
    yield _line("method", found, lambda one: ", ".join(one.methods))


def _line(label: str, found: list[Profile], told_of: Callable[[Profile], str]) -> str:
    return f"| {label} | " + " | ".join(told_of(profile) for profile in found) + " |"
