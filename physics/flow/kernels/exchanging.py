"""What comes from outside between two stretches of a run: other speeds, and breakdowns that the physics has caused."""

import warp as wp

from physics.flow.kernels import clocks, moves, stopping
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import ARMED, BELT, EXTERNAL, INFINITE, LINE, STATION

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


@wp.func
def adopt(t: LINE, s: WORLDS, w: int):
    """Take over wanted speeds and tripped stops; work under way goes on at its new speed from now on."""
    now_s = s[0].world[w].now_s
    p = int(0)
    while p < t[0].places.shape[0]:
        wanted = s[0].wanted[w, p]
        if wanted != s[0].places[w, p].rate:
            if t[0].places[p].kind == STATION and s[0].places[w, p].running == 1:
                s[0].places[w, p].running = 0
                s[0].places[w, p].left_s = (s[0].clock[w, p] - now_s) * s[0].places[w, p].rate
                clocks.set_clock(s, w, p, INFINITE)
                stopping.work_ends(t, s, w, p, now_s)
            if t[0].places[p].kind == BELT:
                moves.run_belt(t, s, w, p, now_s)
            s[0].places[w, p].rate = wanted
        p += 1
    stop = int(0)
    while stop < t[0].stops.shape[0]:
        if s[0].tripped[w, stop] == 1:
            s[0].tripped[w, stop] = 0
            if t[0].stops[stop].basis == EXTERNAL and s[0].stops[w, stop].phase == ARMED:
                stopping.begin(t, s, w, stop, now_s)
        stop += 1
