"""Sources: items arrive after drawn times, by a schedule, or whenever there is room."""

import warp as wp

from physics.flow.kernels import clocks, draws, moves
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.stations import set_state
from physics.flow.kernels.tables import BLOCKED, BUSY, INFINITE, LINE, OFF, STARVED

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


ZERO = wp.constant(wp.float64(0.0))


@wp.func
def _product(t: LINE, s: WORLDS, w: int, p: int) -> int:
    """The next item's product: by chance, else in turn."""
    turn = s[0].places[w, p].base
    s[0].places[w, p].base = turn + 1
    if t[0].places[p].mix_stream < 0:
        return t[0].choices[t[0].places[p].mix + turn % t[0].places[p].mix_count]
    u = draws.uniform(t, s, w, t[0].places[p].mix_stream)
    product = int(0)
    while product < t[0].products - 1 and u >= t[0].values[t[0].places[p].mix + product]:
        product += 1
    return product


@wp.func
def set_next(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Set the clock for the next arrival."""
    if t[0].places[p].schedule >= 0:
        row = s[0].places[w, p].assigned
        if row >= t[0].places[p].schedule_count:
            clocks.set_clock(s, w, p, INFINITE)
        else:
            clocks.set_clock(s, w, p, wp.max(now_s, t[0].values[t[0].places[p].schedule + row]))
    else:
        next_s = draws.duration(t, s, w, t[0].places[p].between)
        clocks.set_clock(s, w, p, now_s + next_s)


@wp.func
def arrive(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """A batch arrives, or is turned away where the last one still stands there and the source does not wait."""
    if s[0].places[w, p].off > 0:
        clocks.set_clock(s, w, p, INFINITE)
        return
    batch = t[0].places[p].batch
    only = int(-1)
    if t[0].places[p].schedule >= 0:
        row = s[0].places[w, p].assigned
        batch = t[0].choices[t[0].places[p].mix + 2 * row]
        only = t[0].choices[t[0].places[p].mix + 2 * row + 1]
        s[0].places[w, p].assigned = row + 1
    if t[0].places[p].loses == 1 and s[0].places[w, p].count > 0:
        s[0].places[w, p].lost = s[0].places[w, p].lost + batch
    else:
        turn = int(0)
        while turn < batch:
            product = int(only)
            if product < 0:
                product = _product(t, s, w, p)
            moves.append(t, s, w, p, moves.new_item(s, w, product, now_s))
            turn += 1
        moves.make_ready(t, s, w, p, now_s)
        s[0].places[w, p].done = s[0].places[w, p].done + batch
    if t[0].places[p].loses == 1:
        set_next(t, s, w, p, now_s)
    else:
        clocks.set_clock(s, w, p, INFINITE)
    clocks.mark(s, w, p)


@wp.func
def look(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Let items go; once all have gone, or a shift begins, the next interval begins, unless it runs on its own."""
    more = s[0].places[w, p].count > 0
    while more:
        more = moves.push(t, s, w, p, now_s) and s[0].places[w, p].count > 0
    if s[0].places[w, p].count == 0 and s[0].clock[w, p] >= INFINITE and s[0].places[w, p].off == 0:
        if t[0].places[p].schedule >= 0 or t[0].places[p].loses == 1:
            set_next(t, s, w, p, now_s)
        else:
            next_s = draws.duration(t, s, w, t[0].places[p].between)
            if next_s > ZERO:
                clocks.set_clock(s, w, p, now_s + next_s)
            else:
                arrive(t, s, w, p, now_s)
    state = wp.where(s[0].places[w, p].count > 0, BLOCKED, wp.where(s[0].clock[w, p] < INFINITE, BUSY, STARVED))
    set_state(s, w, p, wp.where(s[0].places[w, p].off > 0, OFF, state), now_s)
