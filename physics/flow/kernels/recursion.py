"""A serial line without events: each item's times at each station follow from the item before, by maxima and sums.

Equations  A_i(n) = max(D_i(n-1), D_(i-1)(n))       F_i(n) = A_i(n) + work, broken off by repairs
           D_i(n) = max(F_i(n), A_(i+1)(n-B_i)) with a buffer behind, max(F_i(n), D_(i+1)(n-1)) without
Symbols    A item n comes to station i, F its work ends, D it leaves; B_i slots of the buffer behind station i
Source     Dallery and Gershwin (1992), doi:10.1007/BF01158636; Baccelli et al., Synchronization and Linearity (1992)
Valid      one product, blocking after service, breakdowns that count working time and wait for nobody. The same numbers
           as the events give, since sums are formed in the same order from the same streams.
"""

import warp as wp

from physics.flow.kernels import draws
from physics.flow.kernels.moves import keep_lead
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    BLOCKED,
    BUSY,
    DOWN,
    INFINITE,
    LINE,
    OK,
    STARVED,
    TOO_MANY_EVENTS,
    ZERO_TIME_LOOP,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

ZERO = wp.constant(wp.float64(0.0))
ONE = wp.constant(wp.float64(1.0))
ITEMS_AT_ONE_TIME = wp.constant(100_000)
"""More items than this without time moving on is a loop that takes no time."""


@wp.func
def inside(a_s: wp.float64, b_s: wp.float64, from_s: wp.float64, to_s: wp.float64) -> wp.float64:
    """How much of [a, b] lies in the time that counts."""
    if a_s >= from_s and b_s <= to_s:
        return b_s - a_s
    return wp.max(ZERO, wp.min(b_s, to_s) - wp.max(a_s, from_s))


@wp.func
def _pass(t: LINE, s: WORLDS, w: int, i: int, came_s: wp.float64, until_s: wp.float64) -> wp.float64:
    """An item that comes to station i at `came_s` goes through it; when it leaves."""
    from_s = s[0].start_s
    c = t[0].stages[i]
    x = s[0].stages[w, i]
    start_s = wp.max(x.left_at_s, came_s)
    if c.slots > 0:
        s[0].history[w, c.history + x.turn] = start_s
        x.turn = wp.where(x.turn + 1 == c.slots, 0, x.turn + 1)
    at_s = start_s
    work_s = draws.duration(t, s, w, c.cycle)
    if c.speed != ONE:
        work_s = work_s / c.speed
    ends_s = at_s + work_s
    if c.between >= 0:
        due_s = at_s + x.until_failure_s
        while due_s < ends_s:
            x.busy_s = x.busy_s + inside(at_s, due_s, from_s, until_s)
            if due_s >= from_s and due_s < until_s:
                x.failures = x.failures + 1
            left_s = (ends_s - due_s) * c.speed
            at_s = due_s + draws.duration(t, s, w, c.repair)
            x.down_s = x.down_s + inside(due_s, at_s, from_s, until_s)
            ends_s = at_s + left_s / c.speed
            due_s = at_s + draws.duration(t, s, w, c.between)
        x.until_failure_s = due_s - ends_s
    leaves_s = ends_s
    if i + 1 < t[0].stages.shape[0]:
        if t[0].stages[i + 1].slots > 0:
            room = t[0].stages[i + 1].history + s[0].stages[w, i + 1].turn
            leaves_s = wp.max(ends_s, s[0].history[w, room])
        else:
            leaves_s = wp.max(ends_s, s[0].stages[w, i + 1].left_at_s)
    if came_s >= from_s and x.left_at_s >= from_s and leaves_s < until_s:
        x.starved_s = x.starved_s + (start_s - x.left_at_s)
        x.buffered_s = x.buffered_s + (start_s - came_s)
        x.busy_s = x.busy_s + (ends_s - at_s)
        x.blocked_s = x.blocked_s + (leaves_s - ends_s)
        x.done = x.done + 1
    else:
        x.starved_s = x.starved_s + inside(x.left_at_s, start_s, from_s, until_s)
        x.buffered_s = x.buffered_s + inside(came_s, start_s, from_s, until_s)
        x.busy_s = x.busy_s + inside(at_s, ends_s, from_s, until_s)
        x.blocked_s = x.blocked_s + inside(ends_s, leaves_s, from_s, until_s)
        if ends_s >= from_s and ends_s < until_s:
            x.done = x.done + 1
    x.left_at_s = leaves_s
    s[0].stages[w, i] = x
    return leaves_s


@wp.func
def _close(t: LINE, s: WORLDS, w: int, until_s: wp.float64):
    """Hand over what was booked for each station, the wait at the end included."""
    count = t[0].stages.shape[0]
    from_s = s[0].start_s
    i = int(0)
    while i < count:
        c = t[0].stages[i]
        x = s[0].stages[w, i]
        x.starved_s = x.starved_s + inside(x.left_at_s, INFINITE, from_s, until_s)
        s[0].state_s[w, c.place, BUSY] = x.busy_s
        s[0].state_s[w, c.place, BLOCKED] = x.blocked_s
        s[0].state_s[w, c.place, DOWN] = x.down_s
        s[0].state_s[w, c.place, STARVED] = x.starved_s
        s[0].places[w, c.place].done = x.done
        ideal_s = t[0].values[t[0].places[c.place].ideal]
        s[0].places[w, c.place].ideal_s = wp.float64(x.done) * ideal_s
        if c.buffer >= 0:
            s[0].places[w, c.buffer].area = x.buffered_s
        if c.stop >= 0:
            s[0].stops[w, c.stop].count = x.failures
        i += 1


@wp.func
def recurse(t: LINE, s: WORLDS, w: int, until_s: wp.float64, most_events: int):
    """Carry a world, item by item, until the next one would come in too late to matter."""
    count = t[0].stages.shape[0]
    from_s = s[0].start_s
    s[0].world[w].lead_stride = 1
    for i in range(count):
        if t[0].stages[i].between >= 0:
            s[0].stages[w, i].until_failure_s = draws.duration(t, s, w, t[0].stages[i].between)
    entered_s = wp.float64(0.0)
    items = int(0)
    at_one_time = int(0)
    held = int(0)
    area = wp.float64(0.0)
    while entered_s < until_s and s[0].world[w].status == OK:
        came_s = entered_s + draws.duration(t, s, w, t[0].interval)
        if t[0].stages[0].slots > 0:
            came_s = wp.max(came_s, s[0].history[w, t[0].stages[0].history + s[0].stages[w, 0].turn])
        else:
            came_s = wp.max(came_s, s[0].stages[w, 0].left_at_s)
        at_one_time = wp.where(came_s > entered_s, 0, at_one_time + 1)
        if at_one_time > ITEMS_AT_ONE_TIME:
            s[0].world[w].status = ZERO_TIME_LOOP
        if items >= most_events // count:
            s[0].world[w].status = TOO_MANY_EVENTS
        entered_s = came_s
        if entered_s < until_s and s[0].world[w].status == OK:
            if entered_s >= from_s:
                s[0].world[w].created = s[0].world[w].created + 1
            i = int(0)
            while i < count:
                came_s = _pass(t, s, w, i, came_s, until_s)
                i += 1
            area = area + inside(entered_s, came_s, from_s, until_s)
            if came_s >= from_s and came_s < until_s:
                keep_lead(s, w, came_s - entered_s, 0, came_s)
                s[0].places[w, t[0].sink].done = s[0].places[w, t[0].sink].done + 1
            if came_s >= until_s:
                held += 1
            items += 1
    _close(t, s, w, until_s)
    s[0].world[w].area = area
    s[0].world[w].items = held
    s[0].world[w].now_s = wp.where(s[0].world[w].status == OK, until_s, entered_s)
    s[0].world[w].events = items * count
