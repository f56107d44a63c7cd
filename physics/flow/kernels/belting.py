"""Conveyors: where items are follows from how far the belt has run, exactly, whatever its speed has been.

Equations  moving:        a = e + L; the belt stands while its first item cannot leave
           accumulating:  a_i = max(e_i + L, d_(i-1) + s)
           entry free at  max(e_last + s, d_(n-room) + room s - L)
Symbols    in metres of belt run: e an item entered, a it reaches the end, d it left; L length, s pitch of items,
           room = floor(L / s) + 1 items that fit, n the item that wants to enter
Valid      items of one pitch; fronts are s or more apart; no slip
"""

import warp as wp

from physics.flow.kernels import clocks, moves, routing
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.stations import set_state
from physics.flow.kernels.stopping import look as look_at_stops
from physics.flow.kernels.tables import (
    BLOCKED,
    BUSY,
    CLOSE_M,
    DOWN,
    INFINITE,
    LINE,
    MAINTAINED,
    OFF,
    STARVED,
    WAITING_CREW,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

ZERO = wp.constant(wp.float64(0.0))


@wp.func
def arrival_m(t: LINE, s: WORLDS, w: int, p: int) -> wp.float64:
    """The run at which the first item reaches the end."""
    b = t[0].places[p].belt
    left = s[0].belts[w, b].left
    room = t[0].belts[b].room
    at_m = s[0].marks[w, t[0].belts[b].marks + 2 * (left % room)] + t[0].belts[b].length_m
    if t[0].belts[b].accumulates == 1 and left > 0:
        at_m = wp.max(at_m, s[0].marks[w, t[0].belts[b].marks + 2 * ((left - 1) % room) + 1] + t[0].belts[b].pitch_m)
    return at_m


@wp.func
def ring(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """The first item has reached the end or the entry is free: both to the last digit."""
    clocks.set_clock(s, w, p, INFINITE)
    moves.run_belt(t, s, w, p, now_s)
    b = t[0].places[p].belt
    s[0].belts[w, b].run_m = wp.max(s[0].belts[w, b].run_m, s[0].belts[w, b].due_m)
    clocks.mark(s, w, p)


@wp.func
def _state(s: WORLDS, w: int, p: int) -> int:
    if s[0].places[w, p].off > 0:
        return OFF
    if s[0].places[w, p].holds > 0:
        if s[0].places[w, p].repairs > 0:
            return DOWN
        return wp.where(s[0].places[w, p].planned_holds > 0, MAINTAINED, WAITING_CREW)
    if s[0].places[w, p].ready == 1:
        return BLOCKED
    return wp.where(s[0].places[w, p].count > 0, BUSY, STARVED)


@wp.func
def _awaited(t: LINE, s: WORLDS, w: int, p: int) -> bool:
    """Whether anybody waits until the entry is free."""
    turn = int(0)
    while turn < t[0].places[p].inlets:
        inlet = t[0].places[p].first_inlet + turn
        turn += 1
        if t[0].inlets[inlet].reserved_by == 1 or routing.waiting_feeder(t, s, w, inlet) >= 0:
            return True
    return False


@wp.func
def look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Let items off and on, then find out when something happens next."""
    b = t[0].places[p].belt
    if s[0].places[w, p].called == 1:
        look_at_stops(t, s, w, p, now_s)
    moves.run_belt(t, s, w, p, now_s)
    if s[0].places[w, p].count > 0 and s[0].places[w, p].ready == 0:
        if s[0].belts[w, b].run_m >= arrival_m(t, s, w, p):
            moves.make_ready(t, s, w, p, now_s)
    moves.push(t, s, w, p, now_s)
    moves.pull(t, s, w, p, now_s)
    runs = s[0].places[w, p].holds + s[0].places[w, p].off == 0 and s[0].places[w, p].rate > ZERO
    if t[0].belts[b].accumulates == 0 and s[0].places[w, p].ready == 1:
        runs = False
    s[0].belts[w, b].moving = wp.where(runs, 1, 0)
    next_m = INFINITE
    if s[0].places[w, p].count > 0 and s[0].places[w, p].ready == 0:
        next_m = arrival_m(t, s, w, p)
    if s[0].belts[w, b].gate_m > s[0].belts[w, b].run_m + CLOSE_M and _awaited(t, s, w, p):
        next_m = wp.min(next_m, s[0].belts[w, b].gate_m)
    due_s = INFINITE
    if runs and next_m < INFINITE:
        ahead_m = wp.max(ZERO, next_m - s[0].belts[w, b].run_m)
        due_s = now_s + ahead_m / (t[0].belts[b].speed_m_per_s * s[0].places[w, p].rate)
    s[0].belts[w, b].due_m = wp.where(due_s < INFINITE, next_m, ZERO)
    clocks.set_clock(s, w, p, due_s)
    set_state(s, w, p, _state(s, w, p), now_s)
