"""Vehicles: the item that has waited longest calls the nearest free one; it drives, loads, drives, unloads, charges.

The battery is counted in metres that it still lasts for. Vehicles pass each other freely: the route graph gives
distances, not traffic.
"""

import warp as wp

from physics.flow.kernels import clocks, moves, routing
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.stations import set_state
from physics.flow.kernels.tables import (
    BLOCKED,
    BUSY,
    DEADLOCK,
    IDLE,
    INFINITE,
    LINE,
    MAINTAINED,
    OK,
    QUEUE,
    SETUP,
    STARVED,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

TO_PICKUP, LOADING, TO_DROP, UNLOADING, TO_CHARGER, CHARGING = (wp.constant(n) for n in range(1, 7))
"""Phases of a vehicle besides tables.IDLE."""


@wp.func
def _distance_m(t: LINE, f: int, a: int, b: int) -> wp.float64:
    return t[0].values[t[0].fleets[f].distance + a * t[0].fleets[f].nodes + b]


@wp.func
def _drive(t: LINE, s: WORLDS, w: int, p: int, to: int, phase: int, now_s: wp.float64):
    """Set out for a node."""
    f = t[0].places[p].fleet
    way_m = _distance_m(t, f, s[0].places[w, p].at, to)
    s[0].places[w, p].charge_m = s[0].places[w, p].charge_m - way_m
    s[0].places[w, p].at = to
    s[0].places[w, p].phase = phase
    clocks.set_clock(s, w, p, now_s + way_m / t[0].fleets[f].speed_m_per_s)


@wp.func
def _nearest(t: LINE, s: WORLDS, w: int, f: int, to: int) -> int:
    """The free vehicle nearest to a node, -1 for none."""
    best = int(-1)
    least_m = INFINITE
    turn = int(0)
    while turn < t[0].fleets[f].vehicles:
        p = t[0].fleets[f].first_vehicle + turn
        turn += 1
        if s[0].places[w, p].phase == IDLE and s[0].places[w, p].ready == 0:
            way_m = _distance_m(t, f, s[0].places[w, p].at, to)
            if way_m < least_m:
                best = p
                least_m = way_m
    return best


@wp.func
def _oldest_call(t: LINE, s: WORLDS, w: int, f: int) -> int:
    """The pickup with the item that has waited longest and has no vehicle yet, -1 for none."""
    best = int(-1)
    since_s = INFINITE
    turn = int(0)
    while turn < t[0].fleets[f].pickups:
        row = t[0].fleets[f].first_pickup + turn
        turn += 1
        q = t[0].pickups[row].place
        if s[0].places[w, q].count > s[0].places[w, q].assigned:
            at = (s[0].places[w, q].head + s[0].places[w, q].assigned) % t[0].places[q].capacity
            waits_since_s = s[0].items[w, s[0].rings[w, t[0].places[q].ring + at]].since_s
            if waits_since_s < since_s:
                best = row
                since_s = waits_since_s
    return best


@wp.func
def dispatch(t: LINE, s: WORLDS, w: int, f: int, now_s: wp.float64):
    """Send vehicles to waiting items while there are both."""
    more = bool(True)
    while more:
        row = _oldest_call(t, s, w, f)
        more = row >= 0
        if more:
            p = _nearest(t, s, w, f, t[0].pickups[row].at)
            more = p >= 0
            if more:
                q = t[0].pickups[row].place
                s[0].places[w, q].assigned = s[0].places[w, q].assigned + 1
                s[0].places[w, p].pickup = row
                _drive(t, s, w, p, t[0].pickups[row].at, TO_PICKUP, now_s)
                clocks.mark(s, w, p)


@wp.func
def _load(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Take the item from its pickup."""
    q = t[0].pickups[s[0].places[w, p].pickup].place
    item = moves.leave(t, s, w, q, now_s)
    s[0].places[w, q].ready = 0
    s[0].places[w, q].assigned = s[0].places[w, q].assigned - 1
    moves.append(t, s, w, p, item)
    clocks.mark(s, w, q)


@wp.func
def ring(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """A vehicle's clock has rung: it goes over to its next phase."""
    clocks.set_clock(s, w, p, INFINITE)
    f = t[0].places[p].fleet
    phase = s[0].places[w, p].phase
    if phase == TO_PICKUP:
        _load(t, s, w, p, now_s)
        s[0].places[w, p].phase = LOADING
        clocks.set_clock(s, w, p, now_s + t[0].fleets[f].load_s)
    elif phase == LOADING:
        _drive(t, s, w, p, t[0].pickups[s[0].places[w, p].pickup].to, TO_DROP, now_s)
    elif phase == TO_DROP:
        s[0].places[w, p].phase = UNLOADING
        clocks.set_clock(s, w, p, now_s + t[0].fleets[f].unload_s)
    elif phase == UNLOADING:
        moves.make_ready_at(t, s, w, p, t[0].pickups[s[0].places[w, p].pickup].node, now_s)
    elif phase == TO_CHARGER:
        s[0].places[w, p].phase = CHARGING
        missing_m = t[0].fleets[f].battery_m - s[0].places[w, p].charge_m
        clocks.set_clock(s, w, p, now_s + missing_m / t[0].fleets[f].charge_m_per_s)
    else:
        s[0].places[w, p].charge_m = t[0].fleets[f].battery_m
        s[0].places[w, p].phase = IDLE
    clocks.mark(s, w, p)


@wp.func
def _locked(t: LINE, s: WORLDS, w: int, f: int) -> bool:
    """Whether each vehicle waits to unload at a full pickup that only vehicles of this fleet empty."""
    turn = int(0)
    while turn < t[0].fleets[f].vehicles:
        p = t[0].fleets[f].first_vehicle + turn
        turn += 1
        if s[0].places[w, p].ready == 0:
            return False
        node = s[0].items[w, moves.head_item(t, s, w, p)].node
        if node < 0 or node >= t[0].inlets.shape[0]:
            return False
        q = t[0].inlets[node].place
        if t[0].places[q].kind != QUEUE or t[0].places[q].fleet != f or routing.has_room(t, s, w, node):
            return False
    return True


@wp.func
def look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Unload where there is room; a free vehicle charges if it must, else takes the next call."""
    f = t[0].places[p].fleet
    moved = moves.push(t, s, w, p, now_s)
    if not moved and s[0].places[w, p].ready == 1 and s[0].world[w].status == OK and _locked(t, s, w, f):
        s[0].world[w].status = DEADLOCK
        s[0].world[w].status_place = p
    if s[0].places[w, p].phase == IDLE:
        if t[0].fleets[f].charger >= 0 and s[0].places[w, p].charge_m < t[0].fleets[f].low_m:
            _drive(t, s, w, p, t[0].fleets[f].charger, TO_CHARGER, now_s)
        else:
            dispatch(t, s, w, f, now_s)
    phase = s[0].places[w, p].phase
    state = wp.where(phase >= TO_CHARGER, MAINTAINED, wp.where(phase == TO_PICKUP, SETUP, BUSY))
    state = wp.where(s[0].places[w, p].ready == 1, BLOCKED, wp.where(phase == IDLE, STARVED, state))
    set_state(s, w, p, state, now_s)
