"""Places get numbers and everything about them becomes rows of `physics/flow/tables.py`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from physics.flow.draft import Draft
from physics.flow.kernels import tables
from physics.flow.layout import Layout
from physics.flow.recursive import Recursion, recursion
from physics.flow.wiring import Wiring

CLOCKED = (tables.SOURCE, tables.STATION, tables.BELT, tables.VEHICLE)
"""Kinds of place that have a clock of their own; they come first."""

NONE = ("node", "cycle", "setup", "scrap", "scrap_stream", "ideal", "pool", "attempt_stream", "product_out", "belt",
        "fleet", "mix", "mix_stream", "schedule", "between", "again_branch", "limit_branch", "spare",
        "charger")  # fmt: skip
"""Columns that are -1 where nothing is said; others are 0."""


@dataclass(frozen=True)
class CompiledLine:
    """A line for the kernels: structured arrays by the names of `tables.Line`, sizes, and names for people.

    Attributes: place_names, place_kinds [N]; stop_names; pool_names; product_names; streams, names of random streams;
    rings, marks and items, sizes of one world's stores; ideal_s, mean cycle by place
    and product [N, products], NaN where a place has none.
    """

    layout: Layout
    arrays: Mapping[str, NDArray[Any]]
    place_names: tuple[str, ...]
    place_kinds: tuple[int, ...]
    stop_names: tuple[str, ...]
    pool_names: tuple[str, ...]
    product_names: tuple[str, ...]
    streams: tuple[str, ...]
    clocked: int
    clocks: int
    rings: int
    marks: int
    items: int
    route: int
    steps: int
    circular: bool
    ideal_s: NDArray[np.float64]
    recursion: Recursion

    def at_speed(self, speeds: Mapping[str, float]) -> CompiledLine:
        """The same line with parts that work, or run, at this many times their speed.

        Raises: KeyError, for a part without places; ValueError, for a speed that is not above zero.
        """
        places = self.arrays["places"].copy()
        for asset, speed in speeds.items():
            if not self.places_of(asset):
                raise KeyError(asset)
            if not 0 < speed < float("inf"):
                raise ValueError(f"{asset}: got a speed of {speed:g}, need one above 0.")
            places["speed"][list(self.places_of(asset))] = speed
        arrays = {**self.arrays, "places": places}
        found = recursion(arrays, self.place_names, self.product_names)
        return replace(self, arrays={**arrays, **found.arrays}, recursion=found)

    def places_of(self, asset: str) -> tuple[int, ...]:
        """Numbers of the places of a part."""
        return tuple(index for index, name in enumerate(self.place_names) if name == asset)


def pack(draft: Draft, wiring: Wiring, layout: Layout, route: int, steps: int) -> CompiledLine:
    """Number and pack a draft without faults."""
    return _Packer(draft, wiring, layout).packed(route, steps)


class _Packer:
    def __init__(self, draft: Draft, wiring: Wiring, layout: Layout) -> None:
        self.draft, self.wiring, self.layout = draft, wiring, layout
        kinds = [place.kind for place in draft.places]
        first = [index for index, kind in enumerate(kinds) if kind in CLOCKED]
        self.order = first + [index for index, kind in enumerate(kinds) if kind not in CLOCKED]
        self.place = {old: new for new, old in enumerate(self.order)}
        self.clocked = len(first)
        olds = [inlet for old in self.order for inlet in draft.places[old].inlets]
        self.inlet_order = olds
        self.inlet = {old: new for new, old in enumerate(olds)}
        self.stops = [
            (stop, old, turn)
            for old in self.order
            for stop in draft.stops
            for turn, sibling in enumerate(self._siblings(stop.of))
            if sibling == old
        ]
        self.rings = self.marks = 0
        self.arrays: dict[str, NDArray[Any]] = {}

    def _siblings(self, asset: str) -> list[int]:
        return [old for old in self.order if self.draft.places[old].asset == asset]

    def node(self, out: str) -> int:
        """Number of the node behind an outlet."""
        node = self.wiring.nodes[out] if out else -1
        return self.inlet[node] if 0 <= node < len(self.draft.inlets) else node

    def ring(self, size: int) -> int:
        """First of `size` slots for items."""
        self.rings += size
        return self.rings - size

    def mark(self, size: int) -> int:
        """First of `size` numbers of a world's own."""
        self.marks += size
        return self.marks - size

    def rows(self, name: str, kind: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """Keep rows as a structured array."""
        rows = list(rows)
        array = tables.rows(kind, len(rows))
        for column in array.dtype.names or ():
            if column in NONE:
                array[column] = -1
        for index, row in enumerate(rows):
            for column, value in row.items():
                array[column][index] = value
        self.arrays[name] = array

    def packed(self, route: int, steps: int) -> CompiledLine:
        """All tables."""
        draft = self.draft
        stops_rows = [self._stop(index, *row) for index, row in enumerate(self.stops)]
        clock = self.clocked + len(self.stops)
        calendars = [self._calendar(index, name, clock) for index, name in enumerate(draft.calendars)]
        clock += len(calendars)
        pools = [self._pool(name) for name in draft.pools]
        spares = [self._spare(index, name, clock) for index, name in enumerate(draft.spares)]
        clock += len(spares)
        belts: list[dict[str, Any]] = []
        places: list[dict[str, Any]] = []
        emissions: list[dict[str, Any]] = []
        for old in self.order:
            places.append(self._place(old, belts, emissions))
        pickups, fleets = self._fleets(places)
        self.rows("places", tables.Place, places)
        self.rows("stops", tables.Stop, stops_rows)
        self.rows("calendars", tables.Calendar, calendars)
        self.rows("pools", tables.Pool, pools)
        self.rows("spares", tables.Spare, spares)
        self.rows("belts", tables.Belt, belts)
        self.rows("emissions", tables.Emission, emissions)
        self.rows("pickups", tables.Pickup, pickups)
        self.rows("fleets", tables.Fleet, fleets)
        self._inlets_and_routers()
        ideal_s = self._ideal()
        self._durations()
        self.arrays["choices"] = np.asarray(draft.choices, dtype=np.int32)
        self.arrays["values"] = np.asarray(draft.values, dtype=np.float64)
        return self._compiled(route, steps, clock, ideal_s)

    def _place(self, old: int, belts: list[dict[str, Any]], emissions: list[dict[str, Any]]) -> dict[str, Any]:
        draft, place = self.draft, self.draft.places[old]
        quota = sum(draft.inlets[inlet][1] for inlet in place.inlets)
        slots = max(place.capacity, quota if place.kind == tables.STATION else 1, sum(e[1] for e in place.emissions))
        own = [index for index, (_, of, _) in enumerate(self.stops) if of == old]
        row: dict[str, Any] = {
            "kind": place.kind, "asset": self._asset(place.asset), "capacity": slots, "ring": self.ring(slots),
            "first_inlet": self.inlet[place.inlets[0]] if place.inlets else 0, "inlets": len(place.inlets),
            "node": self.node(place.out), "first_stop": own[0] if own else 0, "stops": len(own),
            "first_emission": len(emissions), "emissions": len(place.emissions), "speed": 1.0,
        }  # fmt: skip
        chosen = place.kind == tables.VEHICLE or place.emissions or place.columns.get("reserves")
        row["straight"] = int(not chosen and 0 <= row["node"] < len(draft.inlets))
        emissions += [{"node": self.node(out), "count": count, "product": product}
                      for out, count, product in place.emissions]  # fmt: skip
        if place.hands_of:
            row |= {"pool": list(draft.pools).index(place.hands_of[0]), "hands": place.hands_of[1]}
        if place.kind == tables.BELT:
            row["belt"] = len(belts)
            belts.append(place.columns | {"marks": self.mark(2 * slots), "room": slots})
            return row
        return row | place.columns

    def _asset(self, name: str) -> int:
        return [part.name for part in self.layout.parts].index(name)

    def _stop(self, index: int, stop: Any, old: int, turn: int) -> dict[str, Any]:
        draft = self.draft
        ending = f"/{turn}" if len(self._siblings(stop.of)) > 1 else ""
        name = f"{stop.asset}.{{}}{ending}"
        between = draft.times(name.format("between"), [stop.between]) if stop.between else 0
        return {
            "place": self.place[old], "basis": stop.basis, "between": between,
            "duration": draft.times(name.format("duration"), [stop.duration]),
            "pool": list(draft.pools).index(stop.crew) if stop.crew else -1, "hands": stop.hands,
            "spare": list(draft.spares).index(stop.spare) if stop.spare else -1,
            "planned": int(stop.planned), "renews": int(stop.renews), "clock": self.clocked + index,
        }  # fmt: skip

    def _pool(self, name: str) -> dict[str, Any]:
        draft = self.draft
        users = [self.place[old] for old in self.order if (draft.places[old].hands_of or ("",))[0] == name]
        users += [-1 - index for index, (stop, _, _) in enumerate(self.stops) if stop.crew == name]
        return {"size": draft.pools[name][0], "first_user": draft.picks(users), "users": len(users)}

    def _spare(self, index: int, name: str, clock: int) -> dict[str, Any]:
        size, lead_s = self.draft.spares[name]
        users = [-1 - row for row, (stop, _, _) in enumerate(self.stops) if stop.spare == name]
        return {"size": size, "lead_s": lead_s, "ring": self.mark(size), "clock": clock + index,
                "first_user": self.draft.picks(users), "users": len(users)}  # fmt: skip

    def _calendar(self, index: int, name: str, clock: int) -> dict[str, Any]:
        draft, calendar = self.draft, self.draft.calendars[name]
        places = [self.place[old] for old in self.order if draft.places[old].calendar == name]
        pools = [turn for turn, (_, own) in enumerate(draft.pools.values()) if own == name]
        return {
            "period_s": calendar.period_s, "count": len(calendar.levels), "clock": clock + index,
            "first_time": draft.numbers(calendar.begins_s), "first_level": draft.picks(calendar.levels),
            "first_place": draft.picks(places), "places": len(places),
            "first_pool": draft.picks(pools), "pools": len(pools),
        }  # fmt: skip

    def _fleets(self, places: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        pickups: list[dict[str, Any]] = []
        fleets = []
        for index, fleet in enumerate(self.draft.fleets.values()):
            fleets.append({
                "first_vehicle": self.place[fleet.first], "vehicles": fleet.vehicles, "first_pickup": len(pickups),
                "pickups": len(fleet.pickups), "nodes": len(fleet.distance_m),
                "distance": self.draft.numbers(float(way) for row in fleet.distance_m for way in row),
            } | fleet.columns)  # fmt: skip
            for old, at, to, out in fleet.pickups:
                pickups.append({"place": self.place[old], "at": at, "to": to, "node": self.node(out)})
                places[self.place[old]]["fleet"] = index
            for turn in range(fleet.vehicles):
                places[self.place[fleet.first + turn]]["fleet"] = index
        return pickups, fleets

    def _inlets_and_routers(self) -> None:
        draft, wiring = self.draft, self.wiring
        feeders: list[int] = []
        inlets = []
        for old in self.inlet_order:
            place, quota = draft.inlets[old]
            own = wiring.feeders.get(old, [])
            ordered = wiring.in_order.get(old, False)
            reserved = any(draft.places[feeder].columns.get("reserves") for feeder in own)
            inlets.append({
                "place": self.place[place], "quota": quota, "first_feeder": len(feeders), "feeders": len(own),
                "rule": tables.FIRST_LISTED if ordered else tables.LONGEST_WAIT, "reserved_by": int(reserved),
            })  # fmt: skip
            feeders += [self.place[feeder] for feeder in own]
        branches: list[int] = []
        routers = []
        for router in draft.routers:
            row = {"rule": router.rule, "first_branch": len(branches), "branches": len(router.outs)}
            routers.append(row | router.columns)
            branches += [self.node(out) for out in router.outs]
        self.rows("inlets", tables.Inlet, inlets)
        self.rows("routers", tables.Router, routers)
        self.arrays["feeders"] = np.asarray(feeders, dtype=np.int32)
        self.arrays["branches"] = np.asarray(branches, dtype=np.int32)

    def _durations(self) -> None:
        draft = self.draft
        lists = dict.fromkeys(times.values for times, _ in draft.durations)
        first = {values: draft.numbers(values) for values in lists}
        rows = [
            {"kind": times.kind, "stream": stream, "a": times.a, "b": times.b, "c": times.c,
             "first": first[times.values], "count": len(times.values)}
            for times, stream in draft.durations
        ]  # fmt: skip
        self.rows("durations", tables.Duration, rows)

    def _ideal(self) -> NDArray[np.float64]:
        """Mean cycle by place and product [N, products], NaN where a place has none; also kept in `values`."""
        draft, places = self.draft, self.arrays["places"]
        ideal_s = np.full((len(places), len(draft.products)), np.nan)
        for index in np.flatnonzero(places["kind"] == tables.STATION):
            first = places["cycle"][index]
            ideal_s[index] = [times.mean_s for times, _ in draft.durations[first : first + len(draft.products)]]
            places["ideal"][index] = draft.numbers(ideal_s[index])
        return ideal_s

    def _compiled(self, route: int, steps: int, clocks: int, ideal_s: NDArray[np.float64]) -> CompiledLine:
        draft, places = self.draft, self.arrays["places"]
        circular = not nx.is_directed_acyclic_graph(self.wiring.ways)
        names = tuple(draft.places[old].asset for old in self.order)
        found = recursion(self.arrays, names, draft.products)
        self.arrays |= found.arrays
        return CompiledLine(
            layout=self.layout,
            arrays=self.arrays,
            place_names=names,
            place_kinds=tuple(draft.places[old].kind for old in self.order),
            stop_names=tuple(stop.asset for stop, _, _ in self.stops),
            pool_names=tuple(draft.pools),
            product_names=draft.products,
            streams=tuple(draft.streams),
            clocked=self.clocked,
            clocks=clocks,
            rings=self.rings,
            marks=self.marks,
            items=int(places["capacity"].sum()),
            route=route,
            steps=steps,
            circular=circular,
            ideal_s=ideal_s,
            recursion=found,
        )
