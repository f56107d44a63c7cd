"""Operators, repair crews, spare parts: whoever has asked longest is served first."""

import warp as wp

from physics.flow.kernels import clocks
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import ASKED, GRANTED, INFINITE, LINE

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

NOTHING, WAITS, HAS = (wp.constant(n) for n in range(3))
"""What a station that needs operators has."""


@wp.func
def has_spare(t: LINE, s: WORLDS, w: int, stop: int) -> bool:
    """Whether the part that a repair needs is at hand."""
    spare = t[0].stops[stop].spare
    if spare < 0:
        return True
    return s[0].spares[w, spare].stock > 0


@wp.func
def take_spare(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """Use a part and order the next."""
    spare = t[0].stops[stop].spare
    if spare >= 0:
        s[0].spares[w, spare].stock = s[0].spares[w, spare].stock - 1
        ordered = s[0].spares[w, spare].ordered
        at = (s[0].spares[w, spare].head + ordered) % t[0].spares[spare].size
        s[0].marks[w, t[0].spares[spare].ring + at] = now_s + t[0].spares[spare].lead_s
        s[0].spares[w, spare].ordered = ordered + 1
        if ordered == 0:
            clocks.set_clock(s, w, t[0].spares[spare].clock, now_s + t[0].spares[spare].lead_s)


@wp.func
def _oldest(t: LINE, s: WORLDS, w: int, first: int, users: int) -> int:
    """The user that has waited longest and lacks nothing but hands: a place, or -1 - a stop; `users` for none."""
    best = int(users)
    since_s = INFINITE
    turn = int(0)
    while turn < users:
        user = t[0].choices[first + turn]
        if user >= 0:
            if s[0].places[w, user].asked == WAITS and s[0].places[w, user].asked_since_s < since_s:
                best = turn
                since_s = s[0].places[w, user].asked_since_s
        else:
            stop = -1 - user
            if s[0].stops[w, stop].phase == ASKED and s[0].stops[w, stop].asked_since_s < since_s:
                if has_spare(t, s, w, stop):
                    best = turn
                    since_s = s[0].stops[w, stop].asked_since_s
        turn += 1
    return best


@wp.func
def weigh_pool(s: WORLDS, w: int, pool: int, difference: int, now_s: wp.float64):
    """Bring the busy hands' seconds up to now, then change how many are busy."""
    passed_s = now_s - s[0].pools[w, pool].since_s
    s[0].pools[w, pool].area = s[0].pools[w, pool].area + wp.float64(s[0].pools[w, pool].busy) * passed_s
    s[0].pools[w, pool].since_s = now_s
    s[0].pools[w, pool].busy = s[0].pools[w, pool].busy + difference


@wp.func
def _granted(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """A repair has all that it needs; its place is looked at."""
    s[0].stops[w, stop].phase = GRANTED
    take_spare(t, s, w, stop, now_s)
    s[0].places[w, t[0].stops[stop].place].called = 1
    clocks.mark(s, w, t[0].stops[stop].place)


@wp.func
def grant(t: LINE, s: WORLDS, w: int, pool: int, now_s: wp.float64):
    """Give free hands to those who wait, the longest first; nobody overtakes."""
    more = bool(True)
    while more:
        users = t[0].pools[pool].users
        turn = _oldest(t, s, w, t[0].pools[pool].first_user, users)
        more = turn < users
        if more:
            user = t[0].choices[t[0].pools[pool].first_user + turn]
            hands = int(0)
            if user >= 0:
                hands = t[0].places[user].hands
            else:
                hands = t[0].stops[-1 - user].hands
            more = s[0].pools[w, pool].busy + hands <= s[0].pools[w, pool].level
            if more:
                weigh_pool(s, w, pool, hands, now_s)
                if user >= 0:
                    s[0].places[w, user].asked = HAS
                    clocks.mark(s, w, user)
                else:
                    _granted(t, s, w, -1 - user, now_s)


@wp.func
def release(t: LINE, s: WORLDS, w: int, pool: int, hands: int, now_s: wp.float64):
    """Hands are free again."""
    weigh_pool(s, w, pool, -hands, now_s)
    grant(t, s, w, pool, now_s)


@wp.func
def ask_for_repair(t: LINE, s: WORLDS, w: int, stop: int, now_s: wp.float64):
    """A stop asks for its crew and its part, both at once, so that nobody holds one and waits for the other."""
    s[0].stops[w, stop].asked_since_s = now_s
    s[0].stops[w, stop].phase = ASKED
    pool = t[0].stops[stop].pool
    if pool >= 0:
        grant(t, s, w, pool, now_s)
    elif has_spare(t, s, w, stop):
        _granted(t, s, w, stop, now_s)
    clocks.mark(s, w, t[0].stops[stop].place)


@wp.func
def spare_arrives(t: LINE, s: WORLDS, w: int, spare: int, now_s: wp.float64):
    """An ordered part is at hand: whoever waited for it goes on."""
    s[0].spares[w, spare].stock = s[0].spares[w, spare].stock + 1
    s[0].spares[w, spare].head = (s[0].spares[w, spare].head + 1) % t[0].spares[spare].size
    s[0].spares[w, spare].ordered = s[0].spares[w, spare].ordered - 1
    due_s = INFINITE
    if s[0].spares[w, spare].ordered > 0:
        due_s = s[0].marks[w, t[0].spares[spare].ring + s[0].spares[w, spare].head]
    clocks.set_clock(s, w, t[0].spares[spare].clock, due_s)
    users = t[0].spares[spare].users
    turn = _oldest(t, s, w, t[0].spares[spare].first_user, users)
    if turn < users:
        stop = -1 - t[0].choices[t[0].spares[spare].first_user + turn]
        if t[0].stops[stop].pool >= 0:
            grant(t, s, w, t[0].stops[stop].pool, now_s)
        else:
            _granted(t, s, w, stop, now_s)
