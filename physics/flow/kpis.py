"""What an engineer asks of a line: throughput, work in progress, lead times, and what each station's time goes into.

Equations  OEE = availability × performance × quality
           availability = (planned − down − waiting for crew − setup) / planned
           performance = Σ ideal cycle × items / (planned − down − waiting for crew − setup)
           quality = good items / items
Symbols    planned: time on shift without planned maintenance; ideal cycle: the mean of the declared cycle time
Source     Nakajima, Introduction to TPM (1988), chapter 3; waiting (starved, blocked, no operator) is lost performance
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.flow.intervals import Interval, interval
from physics.flow.kernels import tables
from physics.flow.simulate import FlowRun, Status

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Of lead times."""


@dataclass(frozen=True)
class StationKpis:
    """One part with stations, conveyors or vehicles; means over worlds.

    Attributes: shares of time by state, sum one; utilisation, share of time at work; availability, performance,
    quality and oee, NaN for what is no station; done and scrapped, items in the time that counts.
    """

    shares: Mapping[str, float]
    utilisation: Interval
    availability: float
    performance: float
    quality: float
    oee: float
    done: float
    scrapped: float


@dataclass(frozen=True)
class LineKpis:
    """A line as a whole, over the worlds that went well.

    Attributes: worlds, how many those are; throughput_per_s, in all and by product; items, in the line on average;
    lead_s, mean; lead_quantiles_s, at QUANTILES; content, average by buffer or conveyor; busy, average by pool; lost,
    items that sources turned away; stations by part.
    """

    worlds: int
    throughput_per_s: Interval
    by_product_per_s: Mapping[str, Interval]
    items: Interval
    lead_s: Interval
    lead_quantiles_s: tuple[float, ...]
    content: Mapping[str, float]
    busy: Mapping[str, float]
    lost: float
    stations: Mapping[str, StationKpis]


def kpis(run: FlowRun, *, level: float = 0.95) -> LineKpis:
    """KPIs of a run; each world is one replication, counted after its warm-up.

    Args:
        run: What was counted.
        level: Of all intervals.
    """
    good = run.status == Status.OK
    names = run.line.product_names
    finished = run.finished[good]
    leads = run.lead_s[good]
    with_items = finished.sum(axis=1) > 0
    kept = leads[np.isfinite(leads)]
    return LineKpis(
        worlds=int(good.sum()),
        throughput_per_s=interval(finished.sum(axis=1) / run.counted_s, level=level),
        by_product_per_s={
            name: interval(finished[:, at] / run.counted_s, level=level) for at, name in enumerate(names)
        },
        items=interval(run.item_s[good] / run.counted_s, level=level),
        lead_s=interval((run.lead_sum_s[good] / np.maximum(finished.sum(axis=1), 1))[with_items], level=level),
        lead_quantiles_s=tuple(np.quantile(kept, QUANTILES)) if len(kept) else (float("nan"),) * len(QUANTILES),
        content=_content(run, good),
        busy={name: float(run.pool_s[good, at].mean() / run.counted_s) for at, name in enumerate(run.line.pool_names)},
        lost=float(run.lost[good].sum(axis=1).mean()),
        stations=_stations(run, good, level),
    )


def _content(run: FlowRun, good: NDArray[np.bool_]) -> dict[str, float]:
    holds = [at for at, kind in enumerate(run.line.place_kinds) if kind in (tables.QUEUE, tables.BELT)]
    return {run.line.place_names[at]: float(run.content_s[good, at].mean() / run.counted_s) for at in holds}


def _stations(run: FlowRun, good: NDArray[np.bool_], level: float) -> dict[str, StationKpis]:
    working = (tables.STATION, tables.BELT, tables.VEHICLE)
    names = dict.fromkeys(
        name for name, kind in zip(run.line.place_names, run.line.place_kinds, strict=True) if kind in working
    )
    return {name: _station(run, good, list(run.line.places_of(name)), level) for name in names}


def _station(run: FlowRun, good: NDArray[np.bool_], at: list[int], level: float) -> StationKpis:
    state_s = run.state_s[good][:, at]
    total_s = run.counted_s * len(at)
    share = state_s.sum(axis=1) / total_s
    mean = dict(zip(tables.STATES, share.mean(axis=0), strict=True))
    done, scrapped = run.done[good][:, at].sum(axis=1).mean(), run.scrapped[good][:, at].sum(axis=1).mean()
    planned = 1 - mean["off"] - mean["maintained"]
    ready = planned - mean["down"] - mean["waiting_crew"] - mean["setup"]
    ideal_s = run.ideal_s[good][:, at].sum(axis=1).mean()
    station = run.line.place_kinds[at[0]] == tables.STATION
    availability = ready / planned if station and planned > 0 else float("nan")
    performance = ideal_s / total_s / ready if station and ready > 0 else float("nan")
    quality = 1 - scrapped / done if station and done > 0 else float("nan")
    return StationKpis(
        mean, interval(share[:, tables.BUSY], level=level), availability, performance, quality,
        availability * performance * quality, float(done), float(scrapped),
    )  # fmt: skip
