"""Breakdowns and maintenance: when a place stops, who repairs it, when it goes on."""

import warp as wp

from physics.flow.kernels import clocks, crews, draws
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    ACTIVE,
    ARMED,
    CALENDAR_TIME,
    GRANTED,
    IDLE,
    INFINITE,
    ITEMS,
    LINE,
    PENDING,
    WORKING_TIME,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


@wp.func
def arm(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """Draw how long it takes until a stop is due."""
    s[0].stops[w, stop].phase = ARMED
    basis = t[0].stops[stop].basis
    if basis <= ITEMS:
        left_s = draws.duration(t, s, w, t[0].stops[stop].between)
        s[0].stops[w, stop].left_s = left_s
        if basis == CALENDAR_TIME:
            clocks.set_clock(s, w, t[0].stops[stop].clock, now_s + left_s)


@wp.func
def work_begins(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64, until_s: wp.float64):
    """Stops that count working time tick until the work ends, or cut it short."""
    turn = int(0)
    while turn < t[0].places[p].stops:
        stop = t[0].places[p].first_stop + turn
        turn += 1
        if t[0].stops[stop].basis == WORKING_TIME and s[0].stops[w, stop].phase == ARMED:
            due_s = now_s + s[0].stops[w, stop].left_s
            s[0].stops[w, stop].due_s = due_s
            if due_s < until_s:
                clocks.set_clock(s, w, t[0].stops[stop].clock, due_s)


@wp.func
def work_ends(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Stops that count working time stand still."""
    turn = int(0)
    while turn < t[0].places[p].stops:
        stop = t[0].places[p].first_stop + turn
        turn += 1
        if t[0].stops[stop].basis == WORKING_TIME and s[0].stops[w, stop].phase == ARMED:
            s[0].stops[w, stop].left_s = s[0].stops[w, stop].due_s - now_s
            clock = t[0].stops[stop].clock
            if s[0].clock[w, clock] < INFINITE:
                clocks.set_clock(s, w, clock, INFINITE)


@wp.func
def begin(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """The place stands still, and the stop asks for what it needs."""
    p = t[0].stops[stop].place
    s[0].places[w, p].holds = s[0].places[w, p].holds + 1
    s[0].stops[w, stop].count = s[0].stops[w, stop].count + 1
    crews.ask_for_repair(t, s, w, stop, now_s)


@wp.func
def due(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """A stop has come: at once, or, where planned, once the item in work is finished."""
    p = t[0].stops[stop].place
    if t[0].stops[stop].planned == 1 and s[0].places[w, p].phase != IDLE:
        s[0].stops[w, stop].phase = PENDING
        s[0].places[w, p].called = 1
    else:
        begin(t, s, w, stop, now_s)


@wp.func
def end(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """The place goes on; what the stop renews begins to count anew."""
    p = t[0].stops[stop].place
    s[0].places[w, p].holds = s[0].places[w, p].holds - 1
    if t[0].stops[stop].planned == 1:
        s[0].places[w, p].planned_holds = s[0].places[w, p].planned_holds - 1
    else:
        s[0].places[w, p].repairs = s[0].places[w, p].repairs - 1
    s[0].stops[w, stop].ended = s[0].stops[w, stop].ended + 1
    arm(t, s, w, stop, now_s)
    turn = int(0)
    while turn < t[0].places[p].stops:
        other = t[0].places[p].first_stop + turn
        turn += 1
        if t[0].stops[stop].renews == 1 and other != stop and s[0].stops[w, other].phase == ARMED:
            arm(t, s, w, other, now_s)
    clocks.mark(s, w, p)
    if t[0].stops[stop].pool >= 0:
        crews.release(t, s, w, t[0].stops[stop].pool, t[0].stops[stop].hands, now_s)


@wp.func
def ring(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """A stop's clock has rung: it comes, or it is over."""
    clocks.set_clock(s, w, t[0].stops[stop].clock, INFINITE)
    if s[0].stops[w, stop].phase == ACTIVE:
        end(t, s, w, stop, now_s)
    else:
        due(t, s, w, stop, now_s)


@wp.func
def item_done(t: LINE, s: WORLDS, w: int, p: int):
    """Stops that count items are one nearer."""
    turn = int(0)
    while turn < t[0].places[p].stops:
        stop = t[0].places[p].first_stop + turn
        turn += 1
        if t[0].stops[stop].basis == ITEMS and s[0].stops[w, stop].phase == ARMED:
            s[0].stops[w, stop].left_s = s[0].stops[w, stop].left_s - wp.float64(1.0)
            if s[0].stops[w, stop].left_s <= wp.float64(0.0):
                s[0].stops[w, stop].phase = PENDING
                s[0].places[w, p].called = 1


@wp.func
def look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Begin what was waiting for the item in work, and repairs whose crew has come."""
    s[0].places[w, p].called = 0
    turn = int(0)
    while turn < t[0].places[p].stops:
        stop = t[0].places[p].first_stop + turn
        turn += 1
        if s[0].stops[w, stop].phase == PENDING:
            s[0].places[w, p].called = 1
            if s[0].places[w, p].phase == IDLE:
                begin(t, s, w, stop, now_s)
        if s[0].stops[w, stop].phase == GRANTED:
            s[0].stops[w, stop].phase = ACTIVE
            if t[0].stops[stop].planned == 1:
                s[0].places[w, p].planned_holds = s[0].places[w, p].planned_holds + 1
            else:
                s[0].places[w, p].repairs = s[0].places[w, p].repairs + 1
            lasts_s = draws.duration(t, s, w, t[0].stops[stop].duration)
            clocks.set_clock(s, w, t[0].stops[stop].clock, now_s + lasts_s)
