"""The calendar of one world: a tournament of clocks, and the places that something has happened to.

The next event is the winner of a knock-out tournament; setting one clock replays only its own games. Of equal times the
lower clock wins, so that results never depend on history.
"""

import warp as wp

from physics.flow.kernels.present import WORLDS

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


@wp.func
def set_clock(s: WORLDS, w: int, clock: int, time_s: wp.float64):
    """Ring at `time_s`; tables.INFINITE for never."""
    s[0].clock[w, clock] = time_s
    leaves = s[0].clock.shape[1]
    node = (leaves + clock) >> 1
    first = (node << 1) - leaves
    best = wp.where(s[0].clock[w, first] <= s[0].clock[w, first + 1], first, first + 1)
    while node > 0:
        if s[0].winner[w, node] == best and best != clock:
            return
        s[0].winner[w, node] = best
        other = s[0].winner[w, node ^ 1]
        node = node >> 1
        if node > 0:
            low, high = wp.min(best, other), wp.max(best, other)
            best = wp.where(s[0].clock[w, low] <= s[0].clock[w, high], low, high)


@wp.func
def reset_clocks(s: WORLDS, w: int, never_s: wp.float64):
    """No clock rings."""
    leaves = s[0].clock.shape[1]
    for clock in range(leaves):
        s[0].clock[w, clock] = never_s
    node = leaves - 1
    while node > 0:
        if 2 * node >= leaves:
            s[0].winner[w, node] = 2 * node - leaves
        else:
            s[0].winner[w, node] = s[0].winner[w, 2 * node]
        node -= 1


@wp.func
def mark(s: WORLDS, w: int, place: int):
    """Something has happened to a place: it is looked at before time moves on."""
    if s[0].places[w, place].queued == 0:
        s[0].places[w, place].queued = 1
        room = s[0].todo.shape[1]
        at = s[0].world[w].first + s[0].world[w].waiting
        s[0].todo[w, wp.where(at >= room, at - room, at)] = place
        s[0].world[w].waiting = s[0].world[w].waiting + 1


@wp.func
def pop(s: WORLDS, w: int) -> int:
    """The place to look at next; one must be waiting."""
    first = s[0].world[w].first
    place = s[0].todo[w, first]
    s[0].world[w].first = wp.where(first + 1 >= s[0].todo.shape[1], 0, first + 1)
    s[0].world[w].waiting = s[0].world[w].waiting - 1
    s[0].places[w, place].queued = 0
    return place
