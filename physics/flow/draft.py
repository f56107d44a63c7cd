"""A line under construction: what `build` of a flow type writes, before places have numbers.

Ports are written "part.port"; a node of a place or router is the outlet that leads on from it, resolved by links later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from physics.flow.durations import Times, constant
from physics.flow.kernels import tables
from physics.network.faults import PlantFault


@dataclass
class DraftPlace:
    """A place: kind, the part it belongs to, slots, the outlet behind it, other columns of `tables.Place` by name."""

    kind: int
    asset: str
    capacity: int
    out: str = ""
    columns: dict[str, Any] = field(default_factory=dict)
    inlets: list[int] = field(default_factory=list)
    emissions: list[tuple[str, int, int]] = field(default_factory=list)
    hands_of: tuple[str, int] | None = None
    calendar: str = ""


@dataclass
class DraftRouter:
    """A router: rule, the outlets of its branches, other columns of `tables.Router` by name."""

    asset: str
    rule: int
    outs: tuple[str, ...]
    columns: dict[str, Any] = field(default_factory=dict)


@dataclass
class DraftStop:
    """A breakdown or maintenance of every place of a part."""

    asset: str
    of: str
    basis: int
    between: Times | None
    duration: Times
    planned: bool = False
    renews: bool = False
    crew: str = ""
    hands: int = 1
    spare: str = ""


@dataclass
class DraftCalendar:
    """Levels that repeat: begins and levels of its shifts."""

    asset: str
    period_s: float
    begins_s: tuple[float, ...]
    levels: tuple[int, ...]


@dataclass
class DraftFleet:
    """Vehicles on a route graph; `first` is the first of its draft places, `distance_m` between its nodes."""

    asset: str
    first: int
    vehicles: int
    distance_m: Sequence[Sequence[float]]
    columns: dict[str, Any]
    points: Sequence[str]
    pickups: list[tuple[int, int, int, str]] = field(default_factory=list)


class Draft:
    """Collects places, routers, merges, stops, pools, spares, calendars and fleets."""

    def __init__(self, products: Sequence[str]) -> None:
        self.products = tuple(products)
        self.faults: list[PlantFault] = []
        self.places: list[DraftPlace] = []
        self.inlets: list[tuple[int, int]] = []
        self.routers: list[DraftRouter] = []
        self.doors: dict[str, tuple[str, int]] = {}
        self.merges: list[tuple[str, bool]] = []
        self.stops: list[DraftStop] = []
        self.pools: dict[str, tuple[int, str]] = {}
        self.spares: dict[str, tuple[int, float]] = {}
        self.calendars: dict[str, DraftCalendar] = {}
        self.fleets: dict[str, DraftFleet] = {}
        self.pickups: list[tuple[str, str, int, str, str]] = []
        self.inner: dict[str, str] = {}
        self.streams: list[str] = []
        self.durations: list[tuple[Times, int]] = []
        self.values: list[float] = []
        self.choices: list[int] = []

    def fault(self, where: str, got: str, need: str, next_step: str = "") -> None:
        """Note what is wrong; all faults are told at once."""
        self.faults.append(PlantFault(where, got, need, next_step))

    def place(self, kind: int, asset: str, *, capacity: int = 1, out: str = "", **columns: Any) -> int:
        """A place that holds `capacity` items and passes them on by the outlet `out`."""
        self.places.append(DraftPlace(kind, asset, capacity, out, columns))
        return len(self.places) - 1

    def enter(self, port: str, place: int, *, quota: int = 1) -> None:
        """The inlet `port` leads into a place, which takes `quota` items by it for one operation."""
        self.places[place].inlets.append(len(self.inlets))
        self.doors[port] = ("inlet", len(self.inlets))
        self.inlets.append((place, quota))

    def station(self, v: SimpleNamespace, suffix: str = "", **columns: Any) -> int:
        """A place that works on items, with what the settings of `v` say of cycle, setup, scrap, shifts, operators.

        Args:
            v: Settings of a part; those that its type does not declare are left out.
            suffix: Ending of the names of its streams, where a part has several stations.
            columns: As for `place`.
        """
        name, given = v.name, vars(v)
        if "cycle" not in columns:
            columns["cycle"] = self.times(f"{name}.cycle_s{suffix}", v.cycle_s)
        if any(given.get("scrap_ratio", ())):
            columns["scrap"] = self.numbers(v.scrap_ratio)
            columns["scrap_stream"] = self.stream(f"{name}.scrap{suffix}")
        setups = given.get("setup_s", ())
        if any(row is not None for row in setups):
            rows = [row or constant(0.0) for row in setups]
            columns["setup"] = self.times(f"{name}.setup_s{suffix}", rows * len(rows))
        place = self.place(tables.STATION, name, **columns)
        self.places[place].calendar = given.get("calendar", "")
        if given.get("operators"):
            self.places[place].hands_of = (v.operators, v.operator_count)
        return place

    def side_by_side(self, v: SimpleNamespace, count: int) -> None:
        """Equal stations between a router and a merge; an item goes to the first free one."""
        turns = range(count)
        for turn in turns:
            place = self.station(v, f"/{turn}", out=self.behind(f"{v.name}.done_{turn}"))
            self.enter(f"{v.name}.at_{turn}", place)
        self.route(f"{v.name}.in", tables.FIRST_FREE, [self.behind(f"{v.name}.at_{turn}") for turn in turns])
        self.merge([f"{v.name}.done_{turn}" for turn in turns], f"{v.name}.out", in_order=False)

    def route(self, port: str, rule: int, outs: Sequence[str], **columns: Any) -> None:
        """Items that come to `port` go by one of the outlets `outs`, without staying."""
        self.doors[port] = ("router", len(self.routers))
        self.routers.append(DraftRouter(port.partition(".")[0], rule, tuple(outs), columns))

    def behind(self, port: str) -> str:
        """An outlet that leads straight to `port` of the same part."""
        self.inner[f"{port}>"] = port
        return f"{port}>"

    def merge(self, ports: Sequence[str], out: str, *, in_order: bool) -> None:
        """Items that come to any of `ports` go on by `out`; the first listed goes first, else who waited longest."""
        for turn, port in enumerate(ports):
            self.doors[port] = ("merge", len(self.merges) * 1000 + turn)
        self.merges.append((out, in_order))

    def stream(self, entity: str) -> int:
        """A stream of random numbers of its own."""
        self.streams.append(entity)
        return len(self.streams) - 1

    def times(self, entity: str, rows: Iterable[Times]) -> int:
        """Rows of distributions that share a stream; the first one's number."""
        stream, first = self.stream(entity), len(self.durations)
        self.durations += [(row, stream) for row in rows]
        return first

    def numbers(self, values: Iterable[float]) -> int:
        """Rows of `values`; the first one's number."""
        first = len(self.values)
        self.values.extend(values)
        return first

    def give_pickups(self) -> None:
        """Tell each fleet where it takes items from and brings them, once all parts are built."""
        for name, fleet_name, place, pickup, drop in self.pickups:
            fleet = self.fleets.get(fleet_name)
            if fleet is None:
                continue
            for setting, point in (("pickup", pickup), ("drop", drop)):
                if point not in fleet.points:
                    self.fault(f"{name}.{setting}", repr(point), f"one of the points {', '.join(fleet.points)}")
                    return
            at, to = fleet.points.index(pickup), fleet.points.index(drop)
            fleet.pickups.append((place, at, to, f"{name}.out"))

    def picks(self, values: Iterable[int]) -> int:
        """Rows of `choices`; the first one's number."""
        first = len(self.choices)
        self.choices.extend(values)
        return first
