"""Stations and sources: an item is worked on, set up for, scrapped, put together or taken apart."""

import warp as wp

from physics.flow.kernels import clocks, crews, draws, moves, routing, stopping
from physics.flow.kernels.crews import HAS, NOTHING, WAITS
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    BLOCKED,
    BUSY,
    COOLING,
    DOWN,
    IDLE,
    INFINITE,
    LINE,
    MAINTAINED,
    NO_OPERATOR,
    OFF,
    SETUP,
    STARVED,
    WAITING_CREW,
    WORK,
    WORK_SETUP,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

ZERO = wp.constant(wp.float64(0.0))


@wp.func
def set_state(s: WORLDS, w: int, p: int, state: int, now_s: wp.float64):
    """Book the time since the last change on the state that was."""
    if state != s[0].places[w, p].state:
        old = s[0].places[w, p].state
        s[0].state_s[w, p, old] = s[0].state_s[w, p, old] + (now_s - s[0].places[w, p].since_s)
        s[0].places[w, p].since_s = now_s
        s[0].places[w, p].state = state


@wp.func
def _draw(t: LINE, s: WORLDS, w: int, which: int) -> wp.float64:
    return draws.duration(t, s, w, which)


@wp.func
def _assemble(t: LINE, s: WORLDS, w: int, p: int):
    """What came in becomes one item, the first one of the first inlet; the others are used up."""
    base = s[0].places[w, p].base
    count = s[0].places[w, p].count
    turn = int(0)
    while turn < count:
        at = s[0].places[w, p].head + turn
        slots = t[0].places[p].capacity
        item = s[0].rings[w, t[0].places[p].ring + wp.where(at >= slots, at - slots, at)]
        if item != base:
            moves.forget_item(s, w, item)
            s[0].world[w].consumed = s[0].world[w].consumed + 1
        turn += 1
    s[0].rings[w, t[0].places[p].ring + s[0].places[w, p].head] = base
    s[0].places[w, p].count = 1


@wp.func
def _take_apart(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """The item becomes those that the station gives; they leave in the order of its outlets."""
    item = moves.head_item(t, s, w, p)
    born_s = s[0].items[w, item].born_s
    moves.forget_item(s, w, item)
    s[0].world[w].consumed = s[0].world[w].consumed + 1
    s[0].places[w, p].count = 0
    turn = int(0)
    given = int(0)
    while turn < t[0].places[p].emissions:
        row = t[0].places[p].first_emission + turn
        turn += 1
        copy = int(0)
        while copy < t[0].emissions[row].count:
            part = moves.new_item(s, w, t[0].emissions[row].product, now_s)
            s[0].items[w, part].born_s = born_s
            moves.append(t, s, w, p, part)
            s[0].items[w, part].node = routing.resolve(t, s, w, part, t[0].emissions[row].node)
            copy += 1
            given += 1
    s[0].world[w].created = s[0].world[w].created + given
    moves.change_items(s, w, given - 1, now_s)


@wp.func
def _finished(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Work on an item is over: scrap it, or make it ready to leave."""
    s[0].places[w, p].phase = IDLE
    s[0].places[w, p].done = s[0].places[w, p].done + 1
    ideal_s = t[0].values[t[0].places[p].ideal + s[0].places[w, p].product]
    s[0].places[w, p].ideal_s = s[0].places[w, p].ideal_s + ideal_s
    stopping.item_done(t, s, w, p)
    if t[0].places[p].pool >= 0:
        s[0].places[w, p].asked = NOTHING
        crews.release(t, s, w, t[0].places[p].pool, t[0].places[p].hands, now_s)
    before = s[0].places[w, p].count
    if before > 1:
        _assemble(t, s, w, p)
        moves.change_items(s, w, 1 - before, now_s)
    item = moves.head_item(t, s, w, p)
    if t[0].places[p].scrap >= 0:
        u = draws.uniform(t, s, w, t[0].places[p].scrap_stream)
        if u < t[0].values[t[0].places[p].scrap + s[0].items[w, item].product]:
            s[0].places[w, p].scrapped = s[0].places[w, p].scrapped + 1
            if t[0].places[p].reserves == 1:
                q = t[0].inlets[s[0].items[w, item].node].place
                s[0].places[w, q].reserved = s[0].places[w, q].reserved - 1
                clocks.mark(s, w, q)
            moves.leave(t, s, w, p, now_s)
            moves.change_items(s, w, -1, now_s)
            moves.forget_item(s, w, item)
            return
    if t[0].places[p].product_out >= 0:
        s[0].items[w, item].product = t[0].places[p].product_out
    if t[0].places[p].emissions > 0:
        _take_apart(t, s, w, p, now_s)
        s[0].places[w, p].ready = 1
        s[0].places[w, p].waits_since_s = now_s
    elif t[0].places[p].reserves == 1:
        s[0].places[w, p].ready = 1
        s[0].places[w, p].waits_since_s = now_s
    else:
        moves.make_ready(t, s, w, p, now_s)


@wp.func
def ring(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """A station's clock has rung: setup or work is over, or the cycle that it sat out."""
    clocks.set_clock(s, w, p, INFINITE)
    if s[0].places[w, p].running == 1:
        s[0].places[w, p].running = 0
        stopping.work_ends(t, s, w, p, now_s)
    phase = s[0].places[w, p].phase
    if phase == WORK_SETUP:
        s[0].places[w, p].phase = WORK
        s[0].places[w, p].left_s = _draw(t, s, w, t[0].places[p].cycle + s[0].places[w, p].product)
    elif phase == WORK:
        _finished(t, s, w, p, now_s)
    else:
        s[0].places[w, p].phase = IDLE
    clocks.mark(s, w, p)


@wp.func
def _complete(t: LINE, s: WORLDS, w: int, p: int) -> bool:
    """Whether everything that one operation needs has come in."""
    turn = int(0)
    while turn < t[0].places[p].inlets:
        inlet = t[0].places[p].first_inlet + turn
        if s[0].got[w, inlet] < t[0].inlets[inlet].quota:
            return False
        turn += 1
    return True


@wp.func
def _start(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Begin setup or work on what came in, with operators where they are needed."""
    if t[0].places[p].pool >= 0 and s[0].places[w, p].asked != HAS:
        if s[0].places[w, p].asked == NOTHING:
            s[0].places[w, p].asked = WAITS
            s[0].places[w, p].asked_since_s = now_s
            crews.grant(t, s, w, t[0].places[p].pool, now_s)
        if s[0].places[w, p].asked != HAS:
            return
    product = s[0].items[w, s[0].places[w, p].base].product
    s[0].places[w, p].phase = WORK
    last = s[0].places[w, p].product
    s[0].places[w, p].product = product
    which = t[0].places[p].cycle + product
    if t[0].places[p].setup >= 0 and last >= 0 and last != product:
        s[0].places[w, p].phase = WORK_SETUP
        which = t[0].places[p].setup + last * t[0].products + product
    s[0].places[w, p].left_s = _draw(t, s, w, which)


@wp.func
def _run(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Let the work go on, or break it off, as breakdowns, shifts and speed allow."""
    working = s[0].places[w, p].phase == WORK or s[0].places[w, p].phase == WORK_SETUP
    may = working and s[0].places[w, p].holds + s[0].places[w, p].off == 0 and s[0].places[w, p].rate > ZERO
    if may and s[0].places[w, p].running == 0:
        s[0].places[w, p].running = 1
        until_s = now_s + s[0].places[w, p].left_s / s[0].places[w, p].rate
        clocks.set_clock(s, w, p, until_s)
        stopping.work_begins(t, s, w, p, now_s, until_s)
    if not may and s[0].places[w, p].running == 1:
        s[0].places[w, p].running = 0
        s[0].places[w, p].left_s = (s[0].clock[w, p] - now_s) * s[0].places[w, p].rate
        clocks.set_clock(s, w, p, INFINITE)
        stopping.work_ends(t, s, w, p, now_s)


@wp.func
def _state(t: LINE, s: WORLDS, w: int, p: int) -> int:
    """What a station does, the gravest first."""
    phase = s[0].places[w, p].phase
    if s[0].places[w, p].off > 0:
        return OFF
    if s[0].places[w, p].holds > 0:
        if s[0].places[w, p].repairs > 0:
            return DOWN
        return wp.where(s[0].places[w, p].planned_holds > 0, MAINTAINED, WAITING_CREW)
    if phase == COOLING:
        return DOWN
    if phase == WORK:
        return wp.where(s[0].places[w, p].running == 1, BUSY, DOWN)
    if phase == WORK_SETUP:
        return wp.where(s[0].places[w, p].running == 1, SETUP, DOWN)
    if s[0].places[w, p].ready + s[0].places[w, p].refused > 0:
        return BLOCKED
    return wp.where(s[0].places[w, p].asked == WAITS, NO_OPERATOR, STARVED)


@wp.func
def look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Something has happened to a station: let items out and in, begin, go on or stand still."""
    s[0].places[w, p].refused = 0
    if s[0].places[w, p].called == 1:
        stopping.look(t, s, w, p, now_s)
    while moves.push(t, s, w, p, now_s):
        s[0].places[w, p].refused = 0
    if s[0].places[w, p].phase == IDLE:
        if s[0].places[w, p].ready == 0:
            moves.pull(t, s, w, p, now_s)
        if s[0].places[w, p].ready == 0 and s[0].places[w, p].phase == IDLE and _complete(t, s, w, p):
            if s[0].places[w, p].holds == 0:
                _start(t, s, w, p, now_s)
    _run(t, s, w, p, now_s)
    set_state(s, w, p, _state(t, s, w, p), now_s)
