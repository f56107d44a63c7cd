"""KPIs of each world by itself, so that two runs on the same random numbers can be compared pair by pair.

Equations  as in `physics/flow/kpis.py`, world by world
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from physics.flow.kernels import tables
from physics.flow.simulate import FlowRun, Status

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class StationWorlds:
    """A part with stations, conveyors or vehicles; every array has shape [W] but shares [W, 9], in order of STATES."""

    shares: Floats
    availability: Floats
    performance: Floats
    quality: Floats

    @property
    def oee(self) -> Floats:
        """Availability × performance × quality."""
        return self.availability * self.performance * self.quality


@dataclass(frozen=True)
class LineWorlds:
    """A line, world by world, NaN where a world ended early; shapes [W].

    Attributes: throughput_per_s, in all and by product; items, in the line on average; lead_s, mean; scrapped, lost;
    repairs, that began; stations by part.
    """

    throughput_per_s: Floats
    by_product_per_s: Mapping[str, Floats]
    items: Floats
    lead_s: Floats
    scrapped: Floats
    lost: Floats
    repairs: Floats
    stations: Mapping[str, StationWorlds]


def by_world(run: FlowRun) -> LineWorlds:
    """KPIs of every world of a run."""
    good = run.status == Status.OK
    finished = run.finished.sum(axis=1)

    def known(values: NDArray[np.float64] | NDArray[np.int64]) -> Floats:
        return np.where(good, values, np.nan)

    lead_s = np.divide(run.lead_sum_s, finished, out=np.full(len(finished), np.nan), where=finished > 0)
    return LineWorlds(
        throughput_per_s=known(run.throughput_per_s),
        by_product_per_s={
            name: known(run.finished[:, at] / run.counted_s) for at, name in enumerate(run.line.product_names)
        },
        items=known(run.item_s / run.counted_s),
        lead_s=known(lead_s),
        scrapped=known(run.scrapped.sum(axis=1)),
        lost=known(run.lost.sum(axis=1)),
        repairs=known(run.stops[:, _repairing(run)].sum(axis=1)),
        stations={name: _station(run, list(run.line.places_of(name)), good) for name in workers(run)},
    )


def workers(run: FlowRun) -> tuple[str, ...]:
    """Parts whose time is booked on states, in the order of the line."""
    kinds = dict(zip(run.line.place_names, run.line.place_kinds, strict=True))
    order = [part.name for part in run.line.layout.parts]
    return tuple(name for name in order if kinds.get(name) in (tables.STATION, tables.BELT, tables.VEHICLE))


def _repairing(run: FlowRun) -> list[int]:
    """Stops that are no planned maintenance."""
    planned = {part.name for part in run.line.layout.parts if part.type == "maintenance"}
    return [at for at, name in enumerate(run.line.stop_names) if name not in planned]


def _station(run: FlowRun, at: list[int], good: NDArray[np.bool_]) -> StationWorlds:
    total_s = run.counted_s * len(at)
    shares = np.where(good[:, None], run.state_s[:, at].sum(axis=1) / total_s, np.nan)
    planned = 1 - shares[:, tables.OFF] - shares[:, tables.MAINTAINED]
    ready = planned - shares[:, tables.DOWN] - shares[:, tables.WAITING_CREW] - shares[:, tables.SETUP]
    done, scrapped = run.done[:, at].sum(axis=1), run.scrapped[:, at].sum(axis=1)
    if run.line.place_kinds[at[0]] != tables.STATION:
        none = np.full(len(good), np.nan)
        return StationWorlds(shares, none, none, none)
    return StationWorlds(
        shares,
        availability=_ratio(ready, planned),
        performance=_ratio(run.ideal_s[:, at].sum(axis=1) / total_s, ready),
        quality=1 - _ratio(scrapped.astype(np.float64), done.astype(np.float64)),
    )


def _ratio(above: Floats, below: Floats) -> Floats:
    return np.divide(above, below, out=np.full(len(above), np.nan), where=below > 0)
