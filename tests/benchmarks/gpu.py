"""`make bench-gpu`: what a CUDA device does beside this machine's cores; writes docs/benchmarks-gpu.md.

Without a device it says so and ends well. Each work is timed at growing numbers of worlds, with its copies to the
device and back, so that the smallest batch worth the journey shows. World-steps are those that the worlds really took.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import warp as wp

from physics.compiler import lanes
from physics.compiler.methods import METHODS, RungeKutta
from physics.simulate import device
from physics.simulate.rollout import Options, Rollout, Status, rollout
from tests.benchmarks.measure import surroundings, timed, told
from tests.benchmarks.simulate.island import PARTS as ISLAND_PARTS
from tests.benchmarks.simulate.island import SEGMENT_S, island
from tests.benchmarks.simulate.loop import PARTS as LOOP_PARTS
from tests.benchmarks.simulate.loop import STEP_S, STEPS, loop
from tests.benchmarks.simulate.peak import operations

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

PAGE = Path(__file__).parents[2] / "docs" / "benchmarks-gpu.md"
WORLDS = (16, 64, 256, 1024, 4096, 16384, 65536, 262144)
LONGEST_S = 20.0
"""A work that took longer than this on one side is not asked for more worlds there."""
MISSING = "bench-gpu: no CUDA device here; nothing measured."
CHAINS, TURNS, THREADS = 6, 20_000, 1 << 18
_island, _loop = lru_cache(maxsize=1)(island), lru_cache(maxsize=1)(loop)
COLUMNS = "| worlds | cores | device | cores / device | world-steps per s | component-steps per s |"


@dataclass(frozen=True)
class Work:
    """A problem of any size: its name, its parts, one run on a device, and operations a step where they are counted."""

    name: str
    parts: int
    run: Callable[[int, str], Rollout]
    operations: int | None = None
    precision: str = "float64"


def works() -> Iterator[Work]:
    """The stiff island, and the loop in both precisions."""

    def stiff(worlds: int, on: str) -> Rollout:
        problem = island(worlds)
        given = {"inputs": problem.inputs, "parameters": problem.parameters}
        return rollout(
            problem.model, sample_s=SEGMENT_S, options=Options(device=on, memory_limit_bytes=32 << 30), **given
        )

    yield Work("stiff island, 1 h, 12 input steps, rtol 1e-4", len(ISLAND_PARTS), stiff)
    method = METHODS["rk4"]
    assert isinstance(method, RungeKutta)
    system = loop(1).model.islands[0].system
    for precision in ("float64", "float32"):

        def fixed(worlds: int, on: str, precision: str = precision) -> Rollout:
            problem = _loop(worlds)
            options = Options(method="rk4", max_step_s=STEP_S, precision=precision, device=on)
            return rollout(problem.model, inputs=problem.inputs[..., :1], sample_s=STEP_S * STEPS,
                           parameters=problem.parameters, options=options)  # fmt: skip

        count = operations(system, method, precision)
        yield Work(f"12-state loop, {STEPS} steps of rk4, {precision}", len(LOOP_PARTS), fixed, count, precision)


def compared(work: Work, on: str, sizes: Sequence[int] = WORLDS) -> Iterator[str]:
    """A table by number of worlds, the smallest batch that pays, and the share of the arithmetic roof."""
    yield f"\n## {work.name}\n\n{COLUMNS}\n|---|---|---|---|---|---|"
    slow, wins, best = False, None, 0.0
    for worlds in sizes:
        found = work.run(worlds, on)
        assert (found.status == Status.OK).all(), found.status
        there = timed(lambda worlds=worlds: work.run(worlds, on), runs=3, limit_s=LONGEST_S).median_s
        here = None if slow else timed(lambda worlds=worlds: work.run(worlds, device.CPU), runs=3).median_s
        slow = slow or (here or 0.0) > LONGEST_S
        pace = float(found.steps.sum()) / there
        best = max(best, pace)
        wins = worlds if wins is None and here is not None and there < here else wins
        ratio = "–" if here is None else f"**{here / there:.3g}**"
        cores = "–" if here is None else told(here)
        yield f"| {worlds:,} | {cores} | {told(there)} | {ratio} | {pace:.3g} | {pace * work.parts:.3g} |"
        if there > LONGEST_S:
            break
    yield f"\nSmallest batch at which the device is faster: {wins if wins else 'none of these'}."
    if work.operations:
        roof = roof_per_s(on, work.precision)
        share = best * work.operations / roof
        yield f"{work.operations:,} operations a step: {share:.1%} of the roof, {roof:.3g} per second (multiply-adds)."


def roof_per_s(on: str, precision: str, threads: int = THREADS, turns: int = TURNS) -> float:
    """Multiply-adds on registers that the device does in a second, each counted as two operations."""
    kind = device.NUMBERS[precision]
    text = "REAL *a = &A.data[0]; const REAL f = a[0], g = a[1];\n"
    text += "".join(f"REAL x{i} = a[2] + (REAL)(tid + {i});\n" for i in range(CHAINS))
    turn = "".join(f"x{i} = ::fma(x{i}, f, g);\n" for i in range(CHAINS))
    text += f"for (int i = 0; i < n; ++i) {{\n{turn}}}\na[3 + tid] = {' + '.join(f'x{i}' for i in range(CHAINS))};\n"
    kernel = _kernel(lanes.prelude(False, lanes.PRECISIONS[precision]) + text + lanes.PREVENT_LEAKS, kind)
    numbers = wp.array(np.full(threads + 3, 0.5, precision), dtype=kind, device=on)

    def run() -> None:
        wp.launch(kernel, dim=threads, inputs=[numbers, turns], device=on)
        wp.synchronize_device(on)

    return 2.0 * CHAINS * turns * threads / min(timed(run, runs=5).seconds)


def _kernel(text: str, kind: type) -> wp.Kernel:
    @wp.func_native(text)
    def chains(A: wp.array(dtype=kind), n: int, tid: int): ...

    @wp.kernel(enable_backward=False, module="unique")
    def turn(A: wp.array(dtype=kind), n: int):
        chains(A, n, wp.tid())

    return turn


def page(on: str, sizes: Sequence[int] = WORLDS) -> str:
    """The whole of docs/benchmarks-gpu.md."""
    around = surroundings() | {"device": f"{wp.get_device(on).name}"}
    head = ["# Benchmarks on a GPU\n\nWritten by `make bench-gpu`; times are medians of three, copies included.\n"]
    head += [f"- {key}: {value}" for key, value in around.items()]
    return "\n".join([*head, *(line for work in works() for line in compared(work, on, sizes))]) + "\n"


def main() -> None:
    device.start()
    if not wp.get_cuda_devices():
        sys.stdout.write(f"{MISSING}\n")
        return
    PAGE.write_text(page("cuda"))
    sys.stdout.write(f"bench-gpu: wrote {PAGE.name}\n")


if __name__ == "__main__":
    main()
