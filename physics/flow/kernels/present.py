"""One world's present as the kernels hold it: a row for each place, stop, pool and item; first axis W."""

import warp as wp

# No `from __future__ import annotations` here: Warp reads the field types at run time.


@wp.struct
class Item:
    """An item in the system."""

    born_s: wp.float64
    since_s: wp.float64
    product: int
    node: int
    step: int
    passes: int


@wp.struct
class PlaceNow:
    """A place's present; `done`, `scrapped`, `lost` count since the warm-up."""

    left_s: wp.float64
    begun_s: wp.float64
    since_s: wp.float64
    waits_since_s: wp.float64
    asked_since_s: wp.float64
    area: wp.float64
    area_since_s: wp.float64
    rate: wp.float64
    charge_m: wp.float64
    ideal_s: wp.float64
    state: int
    phase: int
    holds: int
    planned_holds: int
    repairs: int
    off: int
    running: int
    head: int
    count: int
    ready: int
    reserved: int
    product: int
    asked: int
    refused: int
    called: int
    base: int
    done: int
    scrapped: int
    lost: int
    queued: int
    at: int
    pickup: int
    assigned: int


@wp.struct
class StopNow:
    """A stop's present; `left_s` until it is due, `due_s` when it is due should work go on."""

    left_s: wp.float64
    due_s: wp.float64
    asked_since_s: wp.float64
    phase: int
    count: int
    ended: int


@wp.struct
class PoolNow:
    """A pool's present."""

    level: int
    busy: int
    area: wp.float64
    since_s: wp.float64


@wp.struct
class SpareNow:
    """A stock's present: parts at hand, and orders under way in a ring."""

    stock: int
    head: int
    ordered: int


@wp.struct
class BeltNow:
    """A belt's present: it had run `run_m` at `since_s`; the entry is free from `gate_m` on; its clock
    rings at the run `due_m`.
    """

    run_m: wp.float64
    since_s: wp.float64
    gate_m: wp.float64
    due_m: wp.float64
    moving: int
    entered: int
    left: int


@wp.struct
class StageNow:
    """A stage of the recursion: free since `left_s`; its work ends at `ends_s` unless it breaks down at `due_s`; its
    item may leave at `ready_s`, by `way`. Seconds in each state; item-seconds in front of it; items, breakdowns. Rows
    of a group of worlds are turned about, number by number.
    """

    left_s: wp.float64
    until_failure_s: wp.float64
    ends_s: wp.float64
    due_s: wp.float64
    ready_s: wp.float64
    born_s: wp.float64
    passes: wp.float64
    way: wp.float64
    busy_s: wp.float64
    setup_s: wp.float64
    blocked_s: wp.float64
    starved_s: wp.float64
    down_s: wp.float64
    waiting_s: wp.float64
    buffered_s: wp.float64
    done: wp.float64
    failures: wp.float64
    at_one_time: wp.float64
    held: wp.float64


@wp.struct
class SlotNow:
    """An item that waits at a gate of the recursion; once it has gone, when it went, in place of when it came."""

    came_s: wp.float64
    born_s: wp.float64
    passes: wp.float64


@wp.struct
class World:
    """A world's present as a whole; counts since the warm-up."""

    now_s: wp.float64
    area: wp.float64
    area_since_s: wp.float64
    lead_sum_s: wp.float64
    items: int
    free: int
    waiting: int
    first: int
    events: int
    same_time: int
    status: int
    status_place: int
    created: int
    consumed: int
    finished: int
    lead_count: int
    lead_stride: int
    lead_kept: int


@wp.struct
class Worlds:
    """All worlds, first axis W."""

    world: wp.array(dtype=World)
    places: wp.array2d(dtype=PlaceNow)
    stops: wp.array2d(dtype=StopNow)
    pools: wp.array2d(dtype=PoolNow)
    spares: wp.array2d(dtype=SpareNow)
    calendars: wp.array2d(dtype=int)
    belts: wp.array2d(dtype=BeltNow)
    used: wp.array2d(dtype=int)
    words: wp.array3d(dtype=wp.uint64)
    items: wp.array2d(dtype=Item)
    free: wp.array2d(dtype=int)
    rings: wp.array2d(dtype=int)
    got: wp.array2d(dtype=int)
    turns: wp.array2d(dtype=int)
    marks: wp.array2d(dtype=wp.float64)
    clock: wp.array2d(dtype=wp.float64)
    todo: wp.array2d(dtype=int)
    wanted: wp.array2d(dtype=wp.float64)
    tripped: wp.array2d(dtype=int)
    state_s: wp.array3d(dtype=wp.float64)
    finished: wp.array2d(dtype=int)
    binned: wp.array2d(dtype=int)
    leads: wp.array2d(dtype=wp.float64)
    stages: wp.array2d(dtype=StageNow)
    slots: wp.array2d(dtype=SlotNow)
    free_s: wp.array2d(dtype=wp.float64)
    ahead: wp.array3d(dtype=wp.float64)
    turn: wp.array2d(dtype=int)
    first_world: int
    start_s: wp.float64
    bin_s: wp.float64


WORLDS = wp.array(dtype=Worlds)
"""How kernels get them: one element, since a struct of this size would be copied at every call."""
