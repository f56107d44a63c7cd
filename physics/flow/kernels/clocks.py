"""The calendar of one world: a row of clocks, and the places that something has happened to.

The next event is found by going over all clocks: a line has a few dozen, which lie side by side and are compared eight
at once, in less time than any tree of them is kept in order. Of equal times the lower clock wins, so that results never
depend on history.
"""

import warp as wp

from physics.flow.kernels.present import WORLDS

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


@wp.func
def set_clock(s: WORLDS, w: int, clock: int, time_s: wp.float64):
    """Ring at `time_s`; tables.INFINITE for never."""
    s[0].clock[w, clock] = time_s


@wp.func
def next_clock(s: WORLDS, w: int) -> int:
    """The clock that rings first."""
    best = int(0)
    clock = int(1)
    while clock < s[0].clock.shape[1]:
        if s[0].clock[w, clock] < s[0].clock[w, best]:
            best = clock
        clock += 1
    return best


@wp.func
def reset_clocks(s: WORLDS, w: int, never_s: wp.float64):
    """No clock rings."""
    for clock in range(s[0].clock.shape[1]):
        s[0].clock[w, clock] = never_s


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


SIDE_BY_SIDE = """
FN int clocks_next_clock() {
  int best = 0;
#if defined(__CUDA_ARCH__)
  for (int clock = 1; clock < s_clock_n1; ++clock)
    if (s_clock[clock] < s_clock[best]) best = clock;
  return best;
#else
  const V *row = (const V *)s_clock;
  V least = row[0];
  for (int k = 1; k < s_clock_n1 / LANES; ++k) least = __builtin_elementwise_min(least, row[k]);
  V first_s = (V)(__builtin_reduce_min(least));
  while (!ANY(*row == first_s)) ++row, best += LANES;
  M same = *row == first_s;
  for (int l = 0; !ON(same, l); ++l) ++best;
  return best;
#endif
}
"""
"""C text of `next_clock`; a world's clocks are whole groups of LANES."""

BY_HAND = ("next_clock",)
"""Functions that C has as it is written above."""
