"""Which machine's speed-up pays most: the line run again with each part a little faster, on the same random numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from physics.flow.intervals import Interval, paired
from physics.flow.kernels import tables
from physics.flow.pack import CompiledLine
from physics.flow.simulate import FlowRun, Options, Status, simulate

FASTER = 0.05
"""Speed-up that is tried, relative."""


@dataclass(frozen=True)
class Gain:
    """A part and what a speed-up of one percent of it gives, in percent of throughput; one for a sole bottleneck."""

    part: str
    elasticity: Interval


def gains(
    line: CompiledLine,
    *,
    horizon_s: float,
    worlds: int,
    seed: int,
    warm_s: float = 0.0,
    parts: Iterable[str] | None = None,
    options: Options | None = None,
) -> list[Gain]:
    """Parts by what their speed is worth, the bottleneck first.

    Args:
        line: Compiled line.
        horizon_s: Time that counts.
        worlds: Pairs of worlds for each part.
        seed: Of all streams.
        warm_s: Time to forget.
        parts: Those to try; all stations and conveyors by default.
        options: As for `simulate`.
    """
    kinds = dict(zip(line.place_names, line.place_kinds, strict=True))
    workers = [name for name, kind in kinds.items() if kind in (tables.STATION, tables.BELT)]

    def run(of: CompiledLine) -> FlowRun:
        return simulate(of, horizon_s=horizon_s, worlds=worlds, seed=seed, warm_s=warm_s, options=options)

    base = run(line)
    found = []
    for part in workers if parts is None else parts:
        faster = run(line.at_speed({part: 1 + FASTER}))
        good = (base.status == Status.OK) & (faster.status == Status.OK)
        scale = base.throughput_per_s[good].mean() * FASTER
        found.append(Gain(part, paired(faster.throughput_per_s[good] / scale, base.throughput_per_s[good] / scale)))
    return sorted(found, key=lambda gain: -gain.elasticity.mean)
