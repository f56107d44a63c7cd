"""Loop of twelve states with a 16-64-64-12 network in its rates, rk4, 10,000 worlds, beside torch."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from physics.compiler.perceptron import ABOVE, BELOW, NEAR_ABOVE, NEAR_BELOW
from physics.simulate.rollout import Options, rollout
from tests.benchmarks.measure import Contender, Row, timed
from tests.benchmarks.simulate.hybrid_loop import KEY, SHAPE, hybrid, torch_layers, torch_rates, torch_step
from tests.benchmarks.simulate.island import Island
from tests.benchmarks.simulate.loop import STEP_S, loop, ours_run
from tests.benchmarks.simulate.peak import peak_per_s

WORLDS, STEPS, PEER_STEPS, REFERENCE_WORLDS, CORES, RUNS = 10_000, 100, 10, 16, 2, 5
BEND_OPERATIONS = 2 * (len(NEAR_ABOVE) + len(NEAR_BELOW) - 2) + 14
"""Sums, products and the quotient of tanh with 64 bits, as written out."""


def rows(worlds: int = WORLDS) -> Iterator[Row]:
    """One line for each precision, and one for the share of the core's peak that the network alone reaches."""
    problem = hybrid(worlds)
    few = problem.share(REFERENCE_WORLDS)
    exact = rollout(few.model, inputs=few.inputs, sample_s=STEP_S * STEPS, parameters=few.parameters,
                    options=Options(rtol=1e-10)).final  # fmt: skip
    for precision, compiled in (("float32", True), ("float64", False)):
        ours = _contender("Plantwin", problem, exact, ours_run(problem, precision, CORES, STEPS))
        beside = [_torch(problem, precision, False)] + ([_torch(problem, precision, True)] if compiled else [])
        pace = worlds * STEPS / ours.seconds / 1e6
        work = f"12-state loop with a 16-64-64-12 network, {STEPS} steps of rk4, {worlds:,} worlds, {precision}"
        yield Row(work, "≥ 4× torch.compile of the whole", ours, tuple(beside),
                  numbers={"million world-steps per second": float(f"{pace:.3g}")})  # fmt: skip
    shares: dict[str, float] = {}
    for precision in ("float32", "float64"):
        shares |= _share(problem, loop(worlds), precision)
    one = timed(ours_run(problem, "float32", 1, STEPS), runs=RUNS)
    counting = (
        "processor time of the step with the network less that without; a multiply-add counts two, tanh as written out"
    )
    yield Row("share of the core's measured peak in the network", "≥ 60 % network",
              Contender("Plantwin, one core, float32", one), numbers=shares, reason=counting)  # fmt: skip


def _contender(
    name: str, problem: Island, exact: NDArray[np.float64], run: Callable[[], NDArray[np.float64]]
) -> Contender:
    found: list[NDArray[np.float64]] = []

    def kept() -> None:
        found[:] = [run()]

    taken = timed(kept, runs=RUNS, limit_s=30.0)
    gap = np.abs(found[0][:, : exact.shape[1]] - exact) / np.maximum(np.abs(exact), problem.sizes[:, None])
    return Contender(name, taken, float(gap.max()))


def _torch(problem: Island, precision: str, compiled: bool) -> Contender:
    """A tenth of the steps, on two threads; the error is how far its states are from ours after as many."""
    import torch

    kind = getattr(torch, precision)
    torch.set_num_threads(CORES)
    worlds = problem.parameters.shape[1]
    start = torch.tensor(np.repeat(problem.start[:, None], worlds, axis=1), dtype=kind)
    parameters = torch.tensor(problem.parameters, dtype=kind)
    driven = torch.tensor(problem.inputs[0], dtype=kind)
    layers = torch_layers(torch.tensor(problem.model.networks[KEY][0], dtype=kind))
    step = torch_step(torch_rates(problem), STEP_S)
    step = torch.compile(step) if compiled else step
    final = [start]

    def run() -> None:
        z = start
        with torch.no_grad():
            for _ in range(PEER_STEPS):
                z = step(z, parameters, driven, layers)
        final[:] = [z]

    taken = timed(run, runs=3, limit_s=30.0)
    torch.set_num_threads(1)
    same = rollout(problem.model, inputs=problem.inputs, sample_s=STEP_S * PEER_STEPS, parameters=problem.parameters,
                   options=Options(method="rk4", max_step_s=STEP_S)).final  # fmt: skip
    gap = np.abs(final[0].double().numpy() - same) / np.maximum(np.abs(same), problem.sizes[:, None])
    name = "torch.compile of the step" if compiled else "torch eager"
    return Contender(f"{name}, {PEER_STEPS} steps timed", taken, float(gap.max()), STEPS / PEER_STEPS)


def _share(problem: Island, plain: Island, precision: str) -> dict[str, float]:
    """The network's operations a step and the share of the peak, with tanh counted and without."""
    products = 4 * 2 * sum(inner * outer for inner, outer in pairwise(SHAPE.sizes))
    bend = 2 * (len(ABOVE) + len(BELOW) - 2) + 3 if precision == "float32" else BEND_OPERATIONS
    bent = 4 * bend * sum(SHAPE.sizes[1:-1])
    whole, bare = (_processor_s(own, precision) for own in (problem, plain))
    each_s = (whole - bare) / (problem.parameters.shape[1] * STEPS)
    peak = peak_per_s(precision)
    return {f"{precision}: network, µs a step": round(1e6 * each_s, 3),
            f"{precision}: share, %": round(100 * (products + bent) / each_s / peak, 1),
            f"{precision}: multiply-adds alone, %": round(100 * products / each_s / peak, 1),
            f"{precision}: peak, 1e9 per s": round(peak / 1e9, 1)}  # fmt: skip


def _processor_s(problem: Island, precision: str) -> float:
    run, best = ours_run(problem, precision, 1, STEPS), np.inf
    for _ in range(RUNS):
        begin = time.process_time()
        run()
        best = min(best, time.process_time() - begin)
    return best
