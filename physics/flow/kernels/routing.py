"""Where an item goes next, and whether there is room for it."""

import warp as wp

from physics.flow.kernels import clocks, draws
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    BELT,
    CLOSE_M,
    COOLING,
    CYCLIC,
    CYCLIC_FREE,
    FIRST_FREE,
    FIRST_LISTED,
    IDLE,
    LEAST_FILLED,
    LINE,
    PRODUCT,
    QUEUE,
    RATIO,
    SINK,
    STATION,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

LONGEST_CHAIN = wp.constant(64)
"""Routers in a row; longer ones are refused when a line is compiled."""


@wp.func
def _ratio_branch(t: LINE, s: WORLDS, w: int, r: int, item: int) -> int:
    """A branch by chance; an item that came again often enough takes the way for those."""
    u = draws.uniform(t, s, w, t[0].routers[r].stream)
    branches = t[0].routers[r].branches
    row = t[0].routers[r].table + s[0].items[w, item].product * branches
    pick = int(0)
    while pick < branches - 1 and u >= t[0].values[row + pick]:
        pick += 1
    if pick == t[0].routers[r].again_branch:
        if s[0].items[w, item].passes >= t[0].routers[r].pass_limit:
            return t[0].routers[r].limit_branch
        s[0].items[w, item].passes = s[0].items[w, item].passes + 1
    return pick


@wp.func
def resolve(t: LINE, s: WORLDS, w: int, item: int, node: int) -> int:
    """Follow the routers that choose once: an inlet, or a router that waits for room; -1 where no way is meant."""
    inlets = t[0].inlets.shape[0]
    at = int(node)
    turn = int(0)
    while at >= inlets and turn < LONGEST_CHAIN:
        r = at - inlets
        rule = t[0].routers[r].rule
        if rule >= FIRST_FREE:
            return at
        pick = int(0)
        if rule == RATIO:
            pick = _ratio_branch(t, s, w, r, item)
        elif rule == PRODUCT:
            pick = t[0].choices[t[0].routers[r].table + s[0].items[w, item].product]
        elif rule == CYCLIC:
            pick = s[0].turns[w, r]
            s[0].turns[w, r] = (pick + 1) % t[0].routers[r].branches
        else:
            pick = t[0].choices[
                t[0].routers[r].table + s[0].items[w, item].product * (t[0].steps + 1) + s[0].items[w, item].step
            ]
        if pick < 0:
            return -1
        at = t[0].branches[t[0].routers[r].first_branch + pick]
        turn += 1
    return at


@wp.func
def has_room(t: LINE, s: WORLDS, w: int, inlet: int) -> bool:
    """Whether an item could come in now."""
    p = t[0].inlets[inlet].place
    kind = t[0].places[p].kind
    if kind == QUEUE:
        return s[0].places[w, p].count + s[0].places[w, p].reserved < t[0].places[p].capacity
    if kind == STATION:
        if s[0].places[w, p].holds + s[0].places[w, p].off + s[0].places[w, p].ready + s[0].places[w, p].refused > 0:
            return False
        return s[0].places[w, p].phase == IDLE and s[0].got[w, inlet] < t[0].inlets[inlet].quota
    if kind == BELT:
        b = t[0].places[p].belt
        if s[0].belts[w, b].entered - s[0].belts[w, b].left + s[0].places[w, p].reserved >= t[0].belts[b].room:
            return False
        run_m = s[0].belts[w, b].run_m
        if s[0].belts[w, b].moving == 1:
            speed_m_per_s = t[0].belts[b].speed_m_per_s * s[0].places[w, p].rate
            run_m = run_m + speed_m_per_s * (s[0].world[w].now_s - s[0].belts[w, b].since_s)
        return run_m + CLOSE_M >= s[0].belts[w, b].gate_m
    return kind == SINK


@wp.func
def _ask_belt(t: LINE, s: WORLDS, w: int, inlet: int):
    if t[0].places[t[0].inlets[inlet].place].kind == BELT:
        clocks.mark(s, w, t[0].inlets[inlet].place)


@wp.func
def choose(t: LINE, s: WORLDS, w: int, node: int) -> int:
    """The inlet with room that a waiting item takes now, -1 for none."""
    inlets = t[0].inlets.shape[0]
    if node < 0:
        return -1
    if node < inlets:
        return wp.where(has_room(t, s, w, node), node, -1)
    r = node - inlets
    rule = t[0].routers[r].rule
    count = t[0].routers[r].branches
    begin = wp.where(rule == CYCLIC_FREE, s[0].turns[w, r], 0)
    best = int(-1)
    least = wp.float64(2.0)
    turn = int(0)
    while turn < count:
        branch = (begin + turn) % count
        inlet = t[0].branches[t[0].routers[r].first_branch + branch]
        turn += 1
        if has_room(t, s, w, inlet):
            if rule != LEAST_FILLED:
                if rule == CYCLIC_FREE:
                    s[0].turns[w, r] = (branch + 1) % count
                return inlet
            p = t[0].inlets[inlet].place
            share = wp.float64(s[0].places[w, p].count) / wp.float64(wp.max(1, t[0].places[p].capacity))
            if share < least:
                least = share
                best = inlet
    return best


@wp.func
def ask(t: LINE, s: WORLDS, w: int, node: int):
    """An item begins to wait at a node for room: conveyors there find out when their entry is free."""
    inlets = t[0].inlets.shape[0]
    if node >= inlets:
        r = node - inlets
        branch = int(0)
        while branch < t[0].routers[r].branches:
            _ask_belt(t, s, w, t[0].branches[t[0].routers[r].first_branch + branch])
            branch += 1
    elif node >= 0:
        _ask_belt(t, s, w, node)


@wp.func
def wants(t: LINE, node: int, inlet: int) -> bool:
    """Whether an item that waits at `node` would go into `inlet`."""
    if node < t[0].inlets.shape[0]:
        return node == inlet
    r = node - t[0].inlets.shape[0]
    branch = int(0)
    while branch < t[0].routers[r].branches:
        if t[0].branches[t[0].routers[r].first_branch + branch] == inlet:
            return True
        branch += 1
    return False


@wp.func
def target(t: LINE, s: WORLDS, w: int, p: int) -> int:
    """The node that the head of a place waits for."""
    if t[0].places[p].straight == 1:
        return t[0].places[p].node
    return s[0].items[w, s[0].rings[w, t[0].places[p].ring + s[0].places[w, p].head]].node


@wp.func
def waiting_feeder(t: LINE, s: WORLDS, w: int, inlet: int) -> int:
    """The place whose waiting item goes first into an inlet, -1 for none."""
    best = int(-1)
    turn = int(0)
    while turn < t[0].inlets[inlet].feeders:
        p = t[0].feeders[t[0].inlets[inlet].first_feeder + turn]
        turn += 1
        if s[0].places[w, p].ready == 1:
            if t[0].places[p].straight == 1 or wants(t, target(t, s, w, p), inlet):
                if t[0].inlets[inlet].rule == FIRST_LISTED:
                    return p
                if best < 0:
                    best = p
                elif s[0].places[w, p].waits_since_s < s[0].places[w, best].waits_since_s:
                    best = p
    return best


@wp.func
def accept(t: LINE, s: WORLDS, w: int, inlet: int, item: int, now_s: wp.float64) -> bool:
    """Whether the place takes this item now that there is room: it may need room behind it, or sit out a cycle."""
    p = t[0].inlets[inlet].place
    if t[0].places[p].kind != STATION:
        return True
    target = int(-1)
    if t[0].places[p].reserves == 1:
        target = choose(t, s, w, resolve(t, s, w, item, t[0].places[p].node))
        if target < 0:
            s[0].places[w, p].refused = 1
            return False
    if t[0].places[p].attempt_stream >= 0:
        if draws.uniform(t, s, w, t[0].places[p].attempt_stream) >= t[0].places[p].attempt_ratio:
            s[0].places[w, p].phase = COOLING
            cycle_s = draws.duration(t, s, w, t[0].places[p].cycle)
            clocks.set_clock(s, w, p, now_s + cycle_s)
            return False
    if target >= 0:
        q = t[0].inlets[target].place
        s[0].places[w, q].reserved = s[0].places[w, q].reserved + 1
        s[0].items[w, item].node = target
    return True
