"""What a compiled line looks like to the kernels: tables of plain numbers.

They never change during a run and are shared by all worlds; `present.py` has what changes. Ids are row numbers; -1 is
none. A *node* is where an item may go: below `inlets` an inlet, from there on a router (node - inlets).
"""

from typing import Any

import numpy as np
import warp as wp

# No `from __future__ import annotations` here: Warp reads the field types at run time.

SOURCE, STATION, QUEUE, BELT, SINK, VEHICLE = (wp.constant(kind) for kind in range(6))
"""Kinds of place."""

BUSY, SETUP, BLOCKED, STARVED, DOWN, WAITING_CREW, MAINTAINED, OFF, NO_OPERATOR = (wp.constant(n) for n in range(9))
STATES = ("busy", "setup", "blocked", "starved", "down", "waiting_crew", "maintained", "off", "no_operator")
"""What a place does with its time; the shares sum to one."""

RATIO, PRODUCT, ROUTING, CYCLIC, FIRST_FREE, CYCLIC_FREE, LEAST_FILLED = (wp.constant(n) for n in range(7))
"""How a router chooses: the first four when the item becomes ready, the others whenever there is room."""

IDLE, WORK_SETUP, WORK, COOLING = (wp.constant(n) for n in range(4))
"""Phases of a station: waiting, setting up, working, sitting out a cycle."""

ARMED, PENDING, ASKED, GRANTED, ACTIVE = (wp.constant(n) for n in range(5))
"""Phases of a stop: may happen, due after the item in work, waits for crew, has its crew, under way."""

CALENDAR_TIME, WORKING_TIME, ITEMS, EXTERNAL = (wp.constant(n) for n in range(4))
"""What a stop counts until it is due."""

LONGEST_WAIT, FIRST_LISTED = (wp.constant(n) for n in range(2))
"""Who goes first into an inlet that several places wait for."""

OK, DEADLOCK, STALLED, ZERO_TIME_LOOP, TOO_MANY_EVENTS, OPEN = (wp.constant(n) for n in range(6))
"""How a world ended; OPEN is a world that the recursion leaves to the events."""

INFINITE = wp.constant(wp.float64(1e300))
"""Later than any event."""

CLOSE_M = wp.constant(wp.float64(1e-9))
"""Gaps on a conveyor that differ by less are equal, so that a length of whole pitches holds what it should."""


@wp.struct
class Duration:
    """A distribution of times; a, b, c by kind, `first` and `count` of an empirical one's values."""

    kind: int
    stream: int
    first: int
    count: int
    a: wp.float64
    b: wp.float64
    c: wp.float64


@wp.struct
class Place:
    """A place that holds items; `cycle`, `setup`, `scrap`, `ideal` are the first of a row for each product (-1: none);
    it works at `speed` times the pace that its durations say. `straight` is 1 where all its items go to one inlet.
    """

    kind: int
    asset: int
    capacity: int
    ring: int
    first_inlet: int
    inlets: int
    node: int
    straight: int
    cycle: int
    setup: int
    scrap: int
    scrap_stream: int
    ideal: int
    first_stop: int
    stops: int
    pool: int
    hands: int
    reserves: int
    attempt_stream: int
    attempt_ratio: wp.float64
    speed: wp.float64
    first_emission: int
    emissions: int
    product_out: int
    belt: int
    fleet: int
    mix: int
    mix_count: int
    mix_stream: int
    batch: int
    loses: int
    schedule: int
    schedule_count: int
    between: int


@wp.struct
class Inlet:
    """A way into a place: how many items it takes per operation, and who may come (rows of `feeders`, in order)."""

    place: int
    quota: int
    rule: int
    first_feeder: int
    feeders: int
    reserved_by: int


@wp.struct
class Router:
    """A choice of the way; `table` is the first row of its numbers in `values` or `choices`, by rule."""

    rule: int
    first_branch: int
    branches: int
    table: int
    stream: int
    pass_limit: int
    limit_branch: int
    again_branch: int


@wp.struct
class Emission:
    """What a disassembly gives: `count` items of `product` to `node`."""

    node: int
    count: int
    product: int


@wp.struct
class Stop:
    """A breakdown or a maintenance of one place."""

    place: int
    basis: int
    between: int
    duration: int
    pool: int
    hands: int
    spare: int
    planned: int
    renews: int
    clock: int


@wp.struct
class Pool:
    """Operators or a crew: rows of `users` in the order of asking are found by time."""

    size: int
    first_user: int
    users: int


@wp.struct
class Spare:
    """A stock that is ordered again, one for one, and arrives `lead_s` later."""

    size: int
    lead_s: wp.float64
    ring: int
    clock: int
    first_user: int
    users: int


@wp.struct
class Calendar:
    """Levels that repeat; rows of `values` are the times, of `choices` the levels."""

    period_s: wp.float64
    first_time: int
    first_level: int
    count: int
    clock: int
    first_place: int
    places: int
    first_pool: int
    pools: int


@wp.struct
class Belt:
    """A conveyor; `room` items fit on it; `marks` is the first of two numbers for each."""

    length_m: wp.float64
    pitch_m: wp.float64
    speed_m_per_s: wp.float64
    accumulates: int
    room: int
    marks: int


@wp.struct
class Fleet:
    """Vehicles that carry items between stops of a route graph with `nodes` nodes."""

    first_vehicle: int
    vehicles: int
    first_pickup: int
    pickups: int
    nodes: int
    distance: int
    home: int
    charger: int
    speed_m_per_s: wp.float64
    load_s: wp.float64
    unload_s: wp.float64
    battery_m: wp.float64
    low_m: wp.float64
    charge_m_per_s: wp.float64


@wp.struct
class Pickup:
    """Where a fleet takes items from, and where it brings them."""

    place: int
    at: int
    to: int
    node: int


@wp.struct
class Stage:
    """A station, vehicle or source for the recursion: rows of its durations and of what is drawn ahead (-1: none), who
    repairs it, where its items go: `ways` rows of `links`, each a gate, or -1 - a sink; times of a vehicle's trip.
    """

    kind: int
    place: int
    gate: int
    cycle: int
    row: int
    between: int
    repair: int
    stop_row: int
    stop: int
    pool: int
    stream: int
    judged: int
    first_way: int
    ways: int
    shares: int
    again_way: int
    pass_limit: int
    limit_way: int
    speed: wp.float64
    home_s: wp.float64
    back_s: wp.float64
    load_s: wp.float64
    way_s: wp.float64
    unload_s: wp.float64


@wp.struct
class Gate:
    """Where items wait for stages side by side: a buffer of `slots`, or none; `givers` rows of `links` are the stages
    that items come from; `only` where no source gives elsewhere.
    """

    place: int
    slots: int
    first_slot: int
    first_giver: int
    givers: int
    rule: int
    first_stage: int
    stages: int
    only: int


@wp.struct
class Hands:
    """A crew of the recursion: who asks for it, rows of `links`; when its hands are free, from `first` on."""

    pool: int
    size: int
    first_user: int
    users: int
    first: int


@wp.struct
class Line:
    """A compiled line."""

    places: wp.array(dtype=Place)
    inlets: wp.array(dtype=Inlet)
    routers: wp.array(dtype=Router)
    branches: wp.array(dtype=int)
    feeders: wp.array(dtype=int)
    emissions: wp.array(dtype=Emission)
    stops: wp.array(dtype=Stop)
    pools: wp.array(dtype=Pool)
    spares: wp.array(dtype=Spare)
    calendars: wp.array(dtype=Calendar)
    belts: wp.array(dtype=Belt)
    fleets: wp.array(dtype=Fleet)
    pickups: wp.array(dtype=Pickup)
    durations: wp.array(dtype=Duration)
    choices: wp.array(dtype=int)
    values: wp.array(dtype=wp.float64)
    keys: wp.array2d(dtype=wp.uint64)
    stages: wp.array(dtype=Stage)
    gates: wp.array(dtype=Gate)
    hands: wp.array(dtype=Hands)
    links: wp.array(dtype=int)
    clocked: int
    products: int
    route: int
    steps: int
    circular: int


LINE = wp.array(dtype=Line)
"""How kernels get it: one element, since a struct of this size would be copied at every call."""


def rows(struct: Any, count: int) -> Any:
    """Empty rows of a table, as a structured array."""
    return np.zeros(count, dtype=np.dtype(struct.numpy_dtype()))
