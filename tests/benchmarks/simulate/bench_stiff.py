"""Stiff island, one hour, twelve input steps, many worlds: us beside diffrax, LSODA and CVODE."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from physics.simulate.rollout import Options, Status, rollout
from tests.benchmarks.measure import Contender, Row, timed
from tests.benchmarks.simulate import peers
from tests.benchmarks.simulate.island import SEGMENT_S, SEGMENTS, Island, error, exact, island

WORLDS, TOLERANCES, REFERENCE_WORLDS, REFERENCE_RTOL = 1024, (1e-4, 1e-6), 64, 1e-10
CORES = 2
"""Solvers that take one world after the other are timed on one core and credited with both."""

DIFFRAX_WORLDS = 256

LOOSER = (30.0, 20.0, 10.0, 5.0, 3.0, 2.0)
"""Factors on rtol at which ours is tried for equal measured error."""

TARGETS = {1e-4: "diffrax ≥ 80×, LSODA ≥ 500×, compiled: report", 1e-6: "the same"}


def rows(worlds: int = WORLDS) -> Iterator[Row]:
    """One line for each tolerance."""
    whole = island(worlds)
    expected = reference(whole)
    for rtol in TOLERANCES:
        beside = [
            together("diffrax Kvaerno5, jit and vmap", whole, expected, rtol),
            serial("scipy LSODA, rates in Python", whole, expected, peers.plain_lsoda_run, rtol, 4),
            serial("scipy LSODA, rates and Jacobian in numba", whole, expected, peers.lsoda_run, rtol, 64),
            serial("SUNDIALS CVODE, rates and Jacobian in numba", whole, expected, peers.cvode_run, rtol, 64),
        ]
        ours = contender("Plantwin", whole, expected, ours_run(whole, rtol))
        ours_too = at_equal_error(whole, expected, rtol, beside[2], beside[1])
        work = (
            f"stiff island, {len(whole.start)} states, 1 h, {SEGMENTS} input steps, {worlds:,} worlds, rtol {rtol:.0e}"
        )
        pace = worlds * SEGMENT_S * SEGMENTS / ours.seconds
        numbers = {"world-seconds per second": float(f"{pace:.3g}")}
        yield Row(work, TARGETS[rtol], ours, (*beside, *ours_too), numbers=numbers)


def reference(whole: Island) -> NDArray[np.float64]:
    """States after the hour of some worlds: ours at a tight tolerance, once scipy's Radau agrees on the first two."""
    found = ours_run(whole.share(REFERENCE_WORLDS), REFERENCE_RTOL)()
    assert error(whole, found, exact(whole, 2)) < 1e-8
    return found


def at_equal_error(
    whole: Island, expected: NDArray[np.float64], rtol: float, judge: Contender, slow: Contender
) -> tuple[Contender, ...]:
    """Ours at the loosest tolerance whose error is no larger than `judge`'s on the same worlds, if that is looser."""
    assert judge.error is not None
    for factor in LOOSER:
        run = ours_run(whole, rtol * factor)
        if error(whole, run(), expected) <= judge.error:
            found = contender(f"Plantwin at rtol {rtol * factor:.0e}", whole, expected, run)
            words = f"no larger an error than LSODA's on the same worlds; {slow.name}, takes"
            return (replace(found, note=f"{words} {slow.seconds / found.seconds:,.0f} times as long"),)
    return ()


def ours_run(problem: Island, rtol: float) -> Callable[[], NDArray[np.float64]]:
    """All worlds by our engine."""

    def run() -> NDArray[np.float64]:
        found = rollout(problem.model, inputs=problem.inputs, sample_s=SEGMENT_S, parameters=problem.parameters,
                        options=Options(rtol=rtol, threads=CORES))  # fmt: skip
        assert (found.status == Status.OK).all()
        return found.final

    return run


def contender(
    name: str, problem: Island, expected: NDArray[np.float64], run: Callable[[], NDArray[np.float64]], runs: int = 5
) -> Contender:
    """Timed on the whole problem."""
    found: list[NDArray[np.float64]] = []

    def kept() -> None:
        found[:] = [run()]

    timing = timed(kept, runs=runs, limit_s=30.0)
    return Contender(name, timing, error(problem, found[0], expected))


def together(name: str, problem: Island, expected: NDArray[np.float64], rtol: float) -> Contender:
    """diffrax on some worlds at once, scaled to all: fewer worlds wait for a slowest one, which is to its advantage."""
    share = problem.share(DIFFRAX_WORLDS)
    found = contender(name, share, expected, peers.diffrax_run(share, rtol), runs=2)
    note = f"{DIFFRAX_WORLDS} worlds timed on all cores, scaled to all"
    return replace(found, scale=problem.parameters.shape[1] / DIFFRAX_WORLDS, note=note)


def serial(
    name: str,
    problem: Island,
    expected: NDArray[np.float64],
    make: Callable[[Island, float], Callable[[], NDArray[np.float64]]],
    rtol: float,
    worlds: int,
) -> Contender:
    """Timed on some worlds, one after the other, and scaled to all of them on all cores."""
    share = problem.share(worlds)
    run = make(share, rtol)
    scale = problem.parameters.shape[1] / worlds / CORES
    note = f"{worlds} worlds timed on one core, scaled to all on {CORES}"
    return Contender(name, timed(run, runs=3, limit_s=20.0), error(problem, run(), expected), scale, note)
