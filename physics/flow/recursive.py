"""Finds out whether the recursion carries a line, and if not, why; packs the line for it.

It knows one product, sources that wait, stations with breakdowns in working time, buffers in front of them,
inspections, crews of which each repair needs one person, and fleets that serve one route and need no charging.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.flow.kernels import tables

UNUSED = {"setup": "setups", "scrap": "scrap", "pool": "operators", "attempt_stream": "success by chance",
          "product_out": "assembly"}  # fmt: skip
"""Columns of a station that the recursion does not know, -1 where they are not used, and what they mean."""

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Recursion:
    """A line for the recursion: its tables, sizes of one world's stores, why it does not hold ("" where it does)."""

    arrays: Mapping[str, NDArray[Any]]
    slots: int = 0
    hands: int = 0
    rows: int = 0
    why: str = ""

    @property
    def holds(self) -> bool:
        """Whether the recursion carries the line."""
        return not self.why


class _Unfit(Exception):
    """Something that the recursion does not know."""


def recursion(arrays: Mapping[str, NDArray[Any]], names: tuple[str, ...], products: tuple[str, ...]) -> Recursion:
    """What the recursion needs to know of a line, or why it does not carry it."""
    try:
        if len(products) > 1:
            raise _Unfit(f"{len(products)} products")
        if len(arrays["calendars"]):
            raise _Unfit("shifts")
        return _Packer(arrays, names).packed()
    except _Unfit as unfit:
        return Recursion(_arrays([], [], [], []), why=str(unfit))


def _arrays(stages: Rows, gates: Rows, hands: Rows, links: list[int]) -> dict[str, NDArray[Any]]:
    found: dict[str, NDArray[Any]] = {"links": np.asarray(links, dtype=np.int32)}
    for name, kind, rows in (("stages", tables.Stage, stages), ("gates", tables.Gate, gates),
                             ("hands", tables.Hands, hands)):  # fmt: skip
        found[name] = tables.rows(kind, len(rows))
        for index, row in enumerate(rows):
            for column, value in row.items():
                found[name][column][index] = value
    return found


class _Packer:
    def __init__(self, arrays: Mapping[str, NDArray[Any]], names: tuple[str, ...]) -> None:
        self.arrays, self.names = arrays, names
        self.places, self.inlets, self.routers = arrays["places"], arrays["inlets"], arrays["routers"]
        self.links: list[int] = []
        self.rows = self.slots = 0
        self.sources = self._of(tables.SOURCE)

    def _of(self, kind: int) -> list[int]:
        return [int(place) for place in np.flatnonzero(self.places["kind"] == kind)]

    def unfit(self, place: int, what: str) -> _Unfit:
        """The reason for something at a place."""
        return _Unfit(f"{self.names[place]}: {what}")

    def listed(self, values: Iterable[int]) -> dict[str, int]:
        """Rows of `links`: the first and how many."""
        first = len(self.links)
        self.links += values
        return {"first": first, "count": len(self.links) - first}

    def row(self) -> int:
        """A row of what is drawn ahead."""
        self.rows += 1
        return self.rows - 1

    def packed(self) -> Recursion:
        """The tables."""
        inlets = self._in_order()
        gate_of = {inlet: gate for gate, inlet in enumerate(inlets)}
        servers = [self._servers(inlet) for inlet in inlets]
        order = [place for group in servers for place in group] + self.sources
        self.stage = {place: index for index, place in enumerate(order)}
        gates = [self._gate(inlet, group) for inlet, group in zip(inlets, servers, strict=True)]
        self.users: dict[int, list[int]] = {}
        stages = [self._stage(place, gate_of) for place in order]
        self._one_way_out(stages)
        hands: Rows = []
        free = 0
        for pool, users in self.users.items():
            size, rows = int(self.arrays["pools"]["size"][pool]), self.listed(users)
            hands.append({"pool": pool, "size": size, "first_user": rows["first"], "users": rows["count"],
                          "first": free})  # fmt: skip
            free += size
        crews = list(self.users)
        for row in stages:
            row["pool"] = crews.index(row["pool"]) if row["pool"] >= 0 else -1
        return Recursion(_arrays(stages, gates, hands, self.links), self.slots, free, self.rows)

    def _ways(self, place: int) -> list[int]:
        """Inlets that items of a place go to."""
        node = self._node(place)
        if node < len(self.inlets):
            return [node]
        router = self.routers[node - len(self.inlets)]
        if router["rule"] != tables.RATIO:
            raise self.unfit(place, "a splitter that does not go by shares")
        first = router["first_branch"]
        ways = [int(way) for way in self.arrays["branches"][first : first + router["branches"]]]
        if max(ways) >= len(self.inlets):
            raise self.unfit(place, "splitters in a row")
        return ways

    def _node(self, place: int) -> int:
        if self.places["kind"][place] == tables.VEHICLE:
            return int(self._route(place)["node"])
        return int(self.places["node"][place])

    def _route(self, place: int) -> Any:
        fleet = self.arrays["fleets"][self.places["fleet"][place]]
        return self.arrays["pickups"][fleet["first_pickup"]]

    def _in_order(self) -> list[int]:
        """Inlets of stages, those that items come to first in front; all that the line has must be met."""
        found: list[int] = []
        met: set[int] = set(self.sources)
        ahead = list(self.sources)
        while ahead:
            place = ahead.pop(0)
            for way in self._ways(place):
                behind = int(self.inlets["place"][way])
                if self.places["kind"][behind] != tables.SINK and way not in found:
                    found.append(way)
                    ahead += self._servers(way)
                    met |= set(self._servers(way))
                met.add(behind)
        for place in set(range(len(self.places))) - met:
            raise self.unfit(place, "a part that no item comes to")
        return found

    def _servers(self, inlet: int) -> list[int]:
        """The stages that take items from an inlet, straight or out of its buffer."""
        place = int(self.inlets["place"][inlet])
        kind = self.places["kind"][place]
        if kind == tables.STATION:
            return [self._plain(place)]
        if kind != tables.QUEUE:
            raise self.unfit(place, "a conveyor")
        if self.places["fleet"][place] >= 0:
            return self._vehicles(place)
        behind = int(self.places["node"][place])
        if behind >= len(self.inlets) or self.places["kind"][self.inlets["place"][behind]] != tables.STATION:
            raise self.unfit(place, "a buffer with no machine straight behind it")
        if self.inlets["feeders"][behind] != 1:
            raise self.unfit(place, "a machine with a buffer and another way in")
        return [self._plain(int(self.inlets["place"][behind]))]

    def _vehicles(self, place: int) -> list[int]:
        fleet = self.arrays["fleets"][self.places["fleet"][place]]
        if fleet["pickups"] != 1:
            raise self.unfit(place, "vehicles of several routes")
        if fleet["charger"] >= 0:
            raise self.unfit(place, "vehicles that charge")
        return list(range(int(fleet["first_vehicle"]), int(fleet["first_vehicle"] + fleet["vehicles"])))

    def _plain(self, place: int) -> int:
        row = self.places[place]
        for column, what in UNUSED.items():
            if row[column] >= 0:
                raise self.unfit(place, what)
        if row["reserves"]:
            raise self.unfit(place, "blocking before service")
        if row["emissions"] or row["inlets"] != 1 or self.inlets["quota"][row["first_inlet"]] > 1:
            raise self.unfit(place, "assembly")
        if row["stops"] > 1:
            raise self.unfit(place, "several breakdowns")
        if row["stops"]:
            stop = self.arrays["stops"][row["first_stop"]]
            if stop["planned"] or stop["basis"] != tables.WORKING_TIME:
                raise self.unfit(place, "stops that do not count working time")
            if stop["spare"] >= 0 or (stop["pool"] >= 0 and stop["hands"] != 1):
                raise self.unfit(place, "repairs that need parts or several people")
        return place

    def _gate(self, inlet: int, servers: list[int]) -> dict[str, Any]:
        row = self.inlets[inlet]
        place = int(row["place"])
        buffer = self.places["kind"][place] == tables.QUEUE
        slots = int(self.places["capacity"][place]) if buffer else 0
        feeders = self.arrays["feeders"][row["first_feeder"] : row["first_feeder"] + row["feeders"]]
        givers = self.listed(self.stage[int(feeder)] for feeder in feeders)
        self.slots += max(1, slots) + 1  # the last one is written to where nothing comes
        return {
            "place": place if buffer else -1, "slots": slots, "first_slot": self.slots - max(1, slots) - 1,
            "first_giver": givers["first"], "givers": givers["count"], "rule": row["rule"],
            "first_stage": self.stage[servers[0]], "stages": len(servers),
            "only": int(all(source in feeders for source in self.sources)),
        }  # fmt: skip

    def _stage(self, place: int, gate_of: Mapping[int, int]) -> dict[str, Any]:
        row = self.places[place]
        kind, ways = int(row["kind"]), self._ways(place)
        out = self.listed(gate_of[way] if way in gate_of else -1 - int(self.inlets["place"][way]) for way in ways)
        found: dict[str, Any] = {
            "kind": kind, "place": place, "first_way": out["first"], "ways": out["count"], "speed": row["speed"],
            "between": -1, "repair": -1, "stop": -1, "pool": -1, "judged": -1, "again_way": -1, "cycle": -1, "row": -1,
        }  # fmt: skip
        if len(ways) > 1:
            router = self.routers[self._node(place) - len(self.inlets)]
            found |= {"stream": router["stream"], "judged": self.row(), "shares": router["table"],
                      "again_way": router["again_branch"], "pass_limit": router["pass_limit"],
                      "limit_way": router["limit_branch"]}  # fmt: skip
        if kind == tables.SOURCE:
            self._check_source(place, ways)
            return found | {"cycle": row["between"], "row": self.row()}
        found["gate"] = next(gate for inlet, gate in gate_of.items() if place in self._servers(inlet))
        if kind == tables.VEHICLE:
            return found | self._trip(place)
        found |= {"cycle": row["cycle"], "row": self.row()}
        if row["stops"]:
            at = int(row["first_stop"])
            stop = self.arrays["stops"][at]
            found |= {
                "between": stop["between"],
                "repair": stop["duration"],
                "stop": at,
                "pool": int(stop["pool"]),
                "stop_row": self.row(),
            }
            self.row()  # the one behind `stop_row`, for repairs
            if stop["pool"] >= 0:
                self.users.setdefault(int(stop["pool"]), []).append(self.stage[place])
        return found

    def _check_source(self, place: int, ways: list[int]) -> None:
        row = self.places[place]
        if row["loses"] or row["batch"] > 1 or row["schedule"] >= 0:
            raise self.unfit(place, "a schedule, batches, or items that are lost")
        if len(ways) > 1 or self.places["kind"][self.inlets["place"][ways[0]]] == tables.SINK:
            raise self.unfit(place, "no machine behind the source")

    def _trip(self, place: int) -> dict[str, Any]:
        """Times of a vehicle's ways, in the order in which the events add them up."""
        fleet, route = self.arrays["fleets"][self.places["fleet"][place]], self._route(place)

        def way_s(a: int, b: int) -> float:
            return float(self.arrays["values"][fleet["distance"] + a * fleet["nodes"] + b] / fleet["speed_m_per_s"])

        home_s, back_s = way_s(fleet["home"], route["at"]), way_s(route["to"], route["at"])
        if home_s > back_s:
            raise self.unfit(place, "vehicles that begin farther away than they come back from")
        return {"home_s": home_s, "back_s": back_s, "way_s": way_s(route["at"], route["to"]), "load_s": fleet["load_s"],
                "unload_s": fleet["unload_s"]}  # fmt: skip

    def _one_way_out(self, stages: Rows) -> None:
        """Items leave from one stage, or one fleet, so that they leave in the order in which they are worked out."""
        last = {self.places["fleet"][row["place"]] if row["kind"] == tables.VEHICLE else ("stage", row["place"])
                for row in stages
                if any(self.links[row["first_way"] + way] < 0 for way in range(row["ways"]))}  # fmt: skip
        if len(last) > 1:
            raise _Unfit("several stages in front of sinks")
