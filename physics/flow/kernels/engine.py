"""The next-event kernels: one thread carries one world from event to event.

An event only changes flags and marks places; marked places are then looked at, in the order of marking, until nothing
more can happen at this instant. So what a place does is written once, in its `look`, whatever woke it.
"""

import warp as wp

from physics.flow.kernels import belting, clocks, crews, driving, moves, sources, stations, stopping
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    BELT,
    INFINITE,
    LINE,
    OK,
    QUEUE,
    SOURCE,
    STALLED,
    STARVED,
    STATION,
    TOO_MANY_EVENTS,
    VEHICLE,
    ZERO_TIME_LOOP,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

ZERO = wp.constant(wp.float64(0.0))
LOOKS_AT_ONE_TIME = wp.constant(1_000_000)
"""More looks than this without time moving on is a loop that takes no time."""


@wp.func
def _look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    kind = t[0].places[p].kind
    if kind == STATION:
        stations.look(t, s, w, p, now_s)
    elif kind == QUEUE:
        if t[0].places[p].fleet >= 0:
            moves.pull(t, s, w, p, now_s)
            driving.dispatch(t, s, w, t[0].places[p].fleet, now_s)
        else:
            moves.pull(t, s, w, p, now_s)
            while moves.push(t, s, w, p, now_s):
                moves.pull(t, s, w, p, now_s)
    elif kind == SOURCE:
        sources.look(t, s, w, p, now_s)
    elif kind == BELT:
        belting.look(t, s, w, p, now_s)
    elif kind == VEHICLE:
        driving.look(t, s, w, p, now_s)


@wp.func
def _settle(t: LINE, s: WORLDS, w: int, now_s: wp.float64):
    """Look at marked places until none is left."""
    while s[0].world[w].waiting > 0 and s[0].world[w].status == OK:
        p = clocks.pop(s, w)
        _look(t, s, w, p, now_s)
        s[0].world[w].same_time = s[0].world[w].same_time + 1
        if s[0].world[w].same_time > LOOKS_AT_ONE_TIME:
            s[0].world[w].status = ZERO_TIME_LOOP
            s[0].world[w].status_place = p


@wp.func
def _shift(t: LINE, s: WORLDS, w: int, calendar: int, now_s: wp.float64):
    """A calendar's next level begins: places go on or off, pools grow or shrink."""
    row = s[0].calendars[w, calendar]
    count = t[0].calendars[calendar].count
    level = t[0].choices[t[0].calendars[calendar].first_level + row % count]
    turn = int(0)
    while turn < t[0].calendars[calendar].places:
        p = t[0].choices[t[0].calendars[calendar].first_place + turn]
        s[0].places[w, p].off = wp.where(level > 0, 0, 1)
        clocks.mark(s, w, p)
        turn += 1
    turn = int(0)
    while turn < t[0].calendars[calendar].pools:
        pool = t[0].choices[t[0].calendars[calendar].first_pool + turn]
        s[0].pools[w, pool].level = level * t[0].pools[pool].size
        crews.grant(t, s, w, pool, now_s)
        turn += 1
    s[0].calendars[w, calendar] = row + 1
    due_s = wp.float64((row + 1) // count) * t[0].calendars[calendar].period_s
    due_s = due_s + t[0].values[t[0].calendars[calendar].first_time + (row + 1) % count]
    clocks.set_clock(s, w, t[0].calendars[calendar].clock, due_s)


@wp.func
def _stands_still(t: LINE, s: WORLDS, w: int) -> bool:
    """Whether items are in the system, nothing is at work, and nothing but shifts and idle breakdowns can come."""
    if s[0].world[w].items == 0:
        return False
    p = int(0)
    while p < t[0].places.shape[0]:
        if p < t[0].clocked and s[0].clock[w, p] < INFINITE:
            return False
        if s[0].places[w, p].holds + s[0].places[w, p].off + s[0].places[w, p].running > 0:
            return False
        if s[0].places[w, p].rate <= ZERO:
            return False
        p += 1
    pool = int(0)
    while pool < t[0].pools.shape[0]:
        if s[0].pools[w, pool].level < t[0].pools[pool].size:
            return False
        pool += 1
    return True


@wp.func
def _ring(t: LINE, s: WORLDS, w: int, clock: int, now_s: wp.float64):
    """Whose clock it is, and what it means to them."""
    stops = t[0].stops.shape[0]
    calendars = t[0].calendars.shape[0]
    if clock < t[0].clocked:
        kind = t[0].places[clock].kind
        if kind == STATION:
            stations.ring(t, s, w, clock, now_s)
        elif kind == SOURCE:
            sources.arrive(t, s, w, clock, now_s)
        elif kind == BELT:
            belting.ring(t, s, w, clock, now_s)
        else:
            driving.ring(t, s, w, clock, now_s)
    elif clock < t[0].clocked + stops:
        stopping.ring(t, s, w, clock - t[0].clocked, now_s)
    elif clock < t[0].clocked + stops + calendars:
        _shift(t, s, w, clock - t[0].clocked - stops, now_s)
    else:
        crews.spare_arrives(t, s, w, clock - t[0].clocked - stops - calendars, now_s)


@wp.func
def _flush(t: LINE, s: WORLDS, w: int, now_s: wp.float64):
    """Book all times and contents up to now."""
    moves.change_items(s, w, 0, now_s)
    p = int(0)
    while p < t[0].places.shape[0]:
        moves.weigh(s, w, p, now_s)
        state = s[0].places[w, p].state
        s[0].state_s[w, p, state] = s[0].state_s[w, p, state] + (now_s - s[0].places[w, p].since_s)
        s[0].places[w, p].since_s = now_s
        p += 1
    pool = int(0)
    while pool < t[0].pools.shape[0]:
        crews.weigh_pool(s, w, pool, 0, now_s)
        pool += 1


@wp.func
def _begin(t: LINE, s: WORLDS, w: int):
    """Empty worlds at time zero."""
    clocks.reset_clocks(s, w, INFINITE)
    s[0].world[w].lead_stride = 1
    items = s[0].free.shape[1]
    s[0].world[w].free = items
    i = int(0)
    while i < items:
        s[0].free[w, i] = items - 1 - i
        i += 1
    p = int(0)
    while p < t[0].places.shape[0]:
        s[0].places[w, p].product = -1
        s[0].places[w, p].rate = t[0].places[p].speed
        s[0].places[w, p].state = STARVED
        if t[0].places[p].kind == VEHICLE:
            s[0].places[w, p].at = t[0].fleets[t[0].places[p].fleet].home
            s[0].places[w, p].charge_m = t[0].fleets[t[0].places[p].fleet].battery_m
        clocks.mark(s, w, p)
        p += 1
    i = int(0)
    while i < t[0].pools.shape[0]:
        s[0].pools[w, i].level = t[0].pools[i].size
        i += 1
    i = int(0)
    while i < t[0].spares.shape[0]:
        s[0].spares[w, i].stock = t[0].spares[i].size
        i += 1
    i = int(0)
    while i < t[0].calendars.shape[0]:
        _shift(t, s, w, i, ZERO)
        i += 1
    i = int(0)
    while i < t[0].stops.shape[0]:
        stopping.arm(t, s, w, i, ZERO)
        i += 1


@wp.func
def run(t: LINE, s: WORLDS, w: int, until_s: wp.float64, most_events: int):
    """Carry a world on until a time; events at that very time are left for the next call. At zero it begins empty."""
    if s[0].world[w].lead_stride == 0:
        _begin(t, s, w)
    p = int(0)
    while p < t[0].places.shape[0]:
        clocks.mark(s, w, p)
        p += 1
    _settle(t, s, w, s[0].world[w].now_s)
    clock = clocks.next_clock(s, w)
    time_s = s[0].clock[w, clock]
    events = int(0)
    while time_s < until_s and s[0].world[w].status == OK:
        if time_s > s[0].world[w].now_s:
            s[0].world[w].same_time = 0
        s[0].world[w].now_s = time_s
        s[0].world[w].same_time = s[0].world[w].same_time + 1
        _ring(t, s, w, clock, time_s)
        _settle(t, s, w, time_s)
        events += 1
        if events >= most_events:
            s[0].world[w].status = TOO_MANY_EVENTS
        if clock >= t[0].clocked and s[0].world[w].status == OK and _stands_still(t, s, w):
            s[0].world[w].status = STALLED
        clock = clocks.next_clock(s, w)
        time_s = s[0].clock[w, clock]
    s[0].world[w].events = s[0].world[w].events + events
    if s[0].world[w].status == OK:
        if time_s >= INFINITE and _stands_still(t, s, w):
            s[0].world[w].status = STALLED
        else:
            s[0].world[w].now_s = until_s
    _flush(t, s, w, s[0].world[w].now_s)


@wp.func
def forget(t: LINE, s: WORLDS, w: int):
    """Forget what was counted, at the end of a warm-up; what is in the system stays."""
    s[0].world[w].area = ZERO
    s[0].world[w].lead_sum_s = ZERO
    s[0].world[w].created = 0
    s[0].world[w].consumed = 0
    s[0].world[w].finished = 0
    s[0].world[w].lead_count = 0
    s[0].world[w].lead_stride = 1
    s[0].world[w].lead_kept = 0
    for product in range(s[0].finished.shape[1]):
        s[0].finished[w, product] = 0
    for bin_index in range(s[0].binned.shape[1]):
        s[0].binned[w, bin_index] = 0
    p = int(0)
    while p < t[0].places.shape[0]:
        s[0].places[w, p].area = ZERO
        s[0].places[w, p].done = 0
        s[0].places[w, p].ideal_s = ZERO
        s[0].places[w, p].scrapped = 0
        s[0].places[w, p].lost = 0
        for state in range(s[0].state_s.shape[2]):
            s[0].state_s[w, p, state] = ZERO
        p += 1
    for pool in range(s[0].pools.shape[1]):
        s[0].pools[w, pool].area = ZERO
    for stop in range(s[0].stops.shape[1]):
        s[0].stops[w, stop].count = 0
