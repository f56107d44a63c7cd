"""Loop of twelve states, fixed steps of rk4, 10,000 worlds, in float64 and float32: us beside numba."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from physics.compiler.methods import METHODS, RungeKutta
from physics.simulate.rollout import Options, rollout
from tests.benchmarks.measure import Contender, Row, timed
from tests.benchmarks.simulate.island import Island, error
from tests.benchmarks.simulate.laned import numba_run
from tests.benchmarks.simulate.loop import STEP_S, STEPS, loop, ours_run
from tests.benchmarks.simulate.peak import divider_s, operations, peak_per_s

WORLDS, REFERENCE_WORLDS, RUNS = 10_000, 16, 5
BLOCK = 16
"""Worlds in a block of the hand-laned loop; with blocks of eight numba leaves the loop scalar."""


def rows(worlds: int = WORLDS) -> Iterator[Row]:
    """One line for each precision, and one for the share of the core's peak."""
    problem = loop(worlds)
    few = problem.share(REFERENCE_WORLDS)
    exact = rollout(few.model, inputs=few.inputs, sample_s=STEP_S * STEPS, parameters=few.parameters,
                    options=Options(rtol=1e-10)).final  # fmt: skip
    shares = {}
    for precision in ("float64", "float32"):
        ours = _contender("Plantwin", problem, exact, ours_run(problem, precision))
        beside = (
            _contender("numba parallel, world by world", problem, exact, numba_run(problem, precision, 1)),
            _contender(f"numba parallel, laned by hand, blocks of {BLOCK}", problem, exact,
                       numba_run(problem, precision, BLOCK)),
        )  # fmt: skip
        pace = worlds * STEPS / ours.seconds / 1e6
        shares |= _share(problem, precision)
        yield Row(f"{len(problem.start)}-state loop, {STEPS} steps of rk4, {worlds:,} worlds, {precision}",
                  "≥ 10× world by world, ≥ 1× laned by hand", ours, beside,
                  numbers={"million world-steps per second": float(f"{pace:.3g}")})  # fmt: skip
    one = timed(ours_run(problem, "float64", threads=1), runs=RUNS)
    counting = "a sum, product, quotient or root counts one, exp and tanh by Horner's rule; peak: multiply-adds as two"
    yield Row("share of the core's measured peak in the step of rk4", "≥ 40 % physics",
              Contender("Plantwin, one core, float64", one), numbers=shares, reason=counting)  # fmt: skip


def _contender(
    name: str, problem: Island, exact: NDArray[np.float64], run: Callable[[], NDArray[np.float64]]
) -> Contender:
    found: list[NDArray[np.float64]] = []

    def kept() -> None:
        found[:] = [run()]

    return Contender(name, timed(kept, runs=RUNS, limit_s=30.0), error(problem, found[0], exact))


def _share(problem: Island, precision: str) -> dict[str, float]:
    """Operations a step, the core's peak, and the share that one thread reaches, by its own processor time."""
    method = METHODS["rk4"]
    assert isinstance(method, RungeKutta)
    system = problem.model.islands[0].system
    count = operations(system, method, precision)
    run, best = ours_run(problem, precision, threads=1), np.inf
    for _ in range(RUNS):
        begin = time.process_time()
        run()
        best = min(best, time.process_time() - begin)
    peak = peak_per_s(precision)
    each_s = best / (problem.parameters.shape[1] * STEPS)
    share, busy = count / each_s / peak, divider_s(system, method, precision) / each_s
    return {f"{precision}: operations a step": count, f"{precision}: peak, 1e9 per s": round(peak / 1e9, 1),
            f"{precision}: share, %": round(100 * share, 1),
            f"{precision}: quotients and roots alone, % of the time": round(100 * busy)}  # fmt: skip
