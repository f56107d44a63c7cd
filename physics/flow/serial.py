"""Finds out whether a line is a plain series of stations, which the max-plus recursion carries without events."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow.kernels import tables

UNUSED = ("setup", "scrap", "pool", "attempt_stream", "product_out")
"""Columns of a station that the recursion does not know; -1 where they are not used."""


@dataclass(frozen=True)
class Series:
    """A serial line for the recursion: rows of `tables.Stage`, the source's interval, the sink, size of history."""

    stages: NDArray[Any]
    interval: int
    sink: int
    history: int


def series(arrays: Mapping[str, NDArray[Any]], product_count: int) -> Series | None:
    """The stations of a line in order, None where the line is more than a series or something in it waits for help."""
    places, inlets, stops = arrays["places"], arrays["inlets"], arrays["stops"]
    if product_count > 1 or len(arrays["calendars"]) or len(arrays["routers"]):
        return None
    sources = np.flatnonzero(places["kind"] == tables.SOURCE)
    if len(sources) != 1 or any(inlets["feeders"] != 1):
        return None
    source = int(sources[0])
    if places["loses"][source] or places["batch"][source] > 1 or places["schedule"][source] >= 0:
        return None
    rows: list[tuple[int | float, ...]] = []
    slots, history, buffer = 0, 0, -1
    at = int(inlets["place"][places["node"][source]])
    while places["kind"][at] != tables.SINK:
        kind = places["kind"][at]
        if kind == tables.QUEUE and places["fleet"][at] < 0 and not slots:
            slots, buffer = int(places["capacity"][at]), at
        elif kind == tables.STATION and _plain(places[at], stops, inlets):
            stop = int(places["first_stop"][at]) if places["stops"][at] else -1
            between, repair = (int(stops[name][stop]) if stop >= 0 else -1 for name in ("between", "duration"))
            speed = float(places["speed"][at])
            rows.append((at, int(places["cycle"][at]), between, repair, slots, history, stop, buffer, speed))
            history, slots, buffer = history + slots, 0, -1
        else:
            return None
        at = int(inlets["place"][places["node"][at]])
    if slots or not rows or len(rows) + sum(places["kind"] == tables.QUEUE) + 2 != len(places):
        return None
    return Series(np.array(rows, dtype=tables.rows(tables.Stage, 0).dtype), int(places["between"][source]), at, history)


def _plain(place: Any, stops: NDArray[Any], inlets: NDArray[Any]) -> bool:
    if place["reserves"] or place["emissions"] or place["inlets"] != 1 or place["stops"] > 1:
        return False
    if inlets["quota"][place["first_inlet"]] > 1 or any(place[name] >= 0 for name in UNUSED):
        return False
    if not place["stops"]:
        return True
    stop = stops[place["first_stop"]]
    alone = stop["pool"] < 0 and stop["spare"] < 0 and not stop["planned"]
    return bool(alone and stop["basis"] == tables.WORKING_TIME)
