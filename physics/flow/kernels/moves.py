"""An item leaves one place and enters another at once; nothing is ever between places."""

import warp as wp

from physics.flow.kernels import clocks, routing
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import (
    BELT,
    DEADLOCK,
    IDLE,
    LINE,
    OK,
    QUEUE,
    SINK,
    SOURCE,
    STATION,
    VEHICLE,
)

# No `from __future__ import annotations` here: Warp reads the argument types at run time.


@wp.func
def weigh(s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Bring a place's item-seconds up to now, before its content changes."""
    passed_s = now_s - s[0].places[w, p].area_since_s
    s[0].places[w, p].area = s[0].places[w, p].area + wp.float64(s[0].places[w, p].count) * passed_s
    s[0].places[w, p].area_since_s = now_s


@wp.func
def change_items(s: WORLDS, w: int, difference: int, now_s: wp.float64):
    """Bring the system's item-seconds up to now, then change how many items are in it."""
    passed_s = now_s - s[0].world[w].area_since_s
    s[0].world[w].area = s[0].world[w].area + wp.float64(s[0].world[w].items) * passed_s
    s[0].world[w].area_since_s = now_s
    s[0].world[w].items = s[0].world[w].items + difference


@wp.func
def new_item(s: WORLDS, w: int, product: int, now_s: wp.float64) -> int:
    """A fresh item; the compiled line has one for every slot, so there always is one."""
    left = s[0].world[w].free - 1
    s[0].world[w].free = left
    item = s[0].free[w, left]
    s[0].items[w, item].born_s = now_s
    s[0].items[w, item].since_s = now_s
    s[0].items[w, item].product = product
    s[0].items[w, item].node = -1
    s[0].items[w, item].step = 0
    s[0].items[w, item].passes = 0
    return item


@wp.func
def forget_item(s: WORLDS, w: int, item: int):
    """The item is no more."""
    s[0].free[w, s[0].world[w].free] = item
    s[0].world[w].free = s[0].world[w].free + 1


@wp.func
def head_item(t: LINE, s: WORLDS, w: int, p: int) -> int:
    """The item that leaves next."""
    return s[0].rings[w, t[0].places[p].ring + s[0].places[w, p].head]


@wp.func
def append(t: LINE, s: WORLDS, w: int, p: int, item: int):
    """Put an item behind the others of a place."""
    slots = t[0].places[p].capacity
    at = s[0].places[w, p].head + s[0].places[w, p].count
    s[0].rings[w, t[0].places[p].ring + wp.where(at >= slots, at - slots, at)] = item
    s[0].places[w, p].count = s[0].places[w, p].count + 1


@wp.func
def make_ready_at(t: LINE, s: WORLDS, w: int, p: int, node: int, now_s: wp.float64):
    """The head may leave for a node from now on; its way is chosen where it does not depend on room."""
    if t[0].places[p].straight == 0:
        item = head_item(t, s, w, p)
        s[0].items[w, item].node = routing.resolve(t, s, w, item, node)
    s[0].places[w, p].ready = 1
    s[0].places[w, p].waits_since_s = now_s


@wp.func
def make_ready(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """The head may leave by the place's own way out."""
    make_ready_at(t, s, w, p, t[0].places[p].node, now_s)


@wp.func
def keep_lead(s: WORLDS, w: int, lead_s: wp.float64, product: int, now_s: wp.float64):
    """Count an item that leaves the system; every 2^n-th lead time is kept, so that all of a run are sampled."""
    s[0].finished[w, product] = s[0].finished[w, product] + 1
    s[0].world[w].finished = s[0].world[w].finished + 1
    s[0].world[w].lead_sum_s = s[0].world[w].lead_sum_s + lead_s
    bins = s[0].binned.shape[1]
    if bins > 0:
        bin_index = wp.min(bins - 1, int((now_s - s[0].start_s) / s[0].bin_s))
        s[0].binned[w, bin_index] = s[0].binned[w, bin_index] + 1
    count = s[0].world[w].lead_count
    s[0].world[w].lead_count = count + 1
    kept = s[0].world[w].lead_kept
    stride = s[0].world[w].lead_stride
    if count & (stride - 1) == 0:
        if kept == s[0].leads.shape[1]:
            at = int(0)
            while 2 * at < kept:
                s[0].leads[w, at] = s[0].leads[w, 2 * at]
                at += 1
            kept = at
            stride = stride * 2
            s[0].world[w].lead_stride = stride
        if count & (stride - 1) == 0:
            s[0].leads[w, kept] = lead_s
            kept += 1
        s[0].world[w].lead_kept = kept


@wp.func
def finish(t: LINE, s: WORLDS, w: int, p: int, item: int, now_s: wp.float64):
    """An item leaves the system through a sink."""
    s[0].places[w, p].done = s[0].places[w, p].done + 1
    keep_lead(s, w, now_s - s[0].items[w, item].born_s, s[0].items[w, item].product, now_s)
    change_items(s, w, -1, now_s)
    forget_item(s, w, item)


@wp.func
def run_belt(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Bring the run of a conveyor up to now."""
    b = t[0].places[p].belt
    if s[0].belts[w, b].moving == 1:
        speed_m_per_s = t[0].belts[b].speed_m_per_s * s[0].places[w, p].rate
        s[0].belts[w, b].run_m = s[0].belts[w, b].run_m + speed_m_per_s * (now_s - s[0].belts[w, b].since_s)
    s[0].belts[w, b].since_s = now_s


@wp.func
def leave(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64) -> int:
    """Take the head out; the place is looked at again for what comes next."""
    item = head_item(t, s, w, p)
    kind = t[0].places[p].kind
    if kind == QUEUE or kind == BELT:
        weigh(s, w, p, now_s)
    head = s[0].places[w, p].head + 1
    s[0].places[w, p].head = wp.where(head >= t[0].places[p].capacity, 0, head)
    s[0].places[w, p].count = s[0].places[w, p].count - 1
    s[0].places[w, p].ready = 0
    if kind == QUEUE:
        if s[0].places[w, p].count > 0 and t[0].places[p].fleet < 0:
            make_ready(t, s, w, p, now_s)
    elif kind == STATION:
        if s[0].places[w, p].count > 0:
            s[0].places[w, p].ready = 1
            s[0].places[w, p].waits_since_s = now_s
        else:
            turn = int(0)
            while turn < t[0].places[p].inlets:
                s[0].got[w, t[0].places[p].first_inlet + turn] = 0
                turn += 1
    elif kind == SOURCE:
        s[0].items[w, item].born_s = now_s
        s[0].world[w].created = s[0].world[w].created + 1
        change_items(s, w, 1, now_s)
        if s[0].places[w, p].count > 0:
            make_ready(t, s, w, p, now_s)
    elif kind == BELT:
        run_belt(t, s, w, p, now_s)
        b = t[0].places[p].belt
        marks = t[0].belts[b].marks + 2 * (s[0].belts[w, b].left % t[0].belts[b].room)
        s[0].marks[w, marks + 1] = s[0].belts[w, b].run_m
        s[0].belts[w, b].left = s[0].belts[w, b].left + 1
        if t[0].belts[b].accumulates == 1:
            clear_m = (
                s[0].belts[w, b].run_m + wp.float64(t[0].belts[b].room) * t[0].belts[b].pitch_m - t[0].belts[b].length_m
            )
            full = s[0].belts[w, b].entered - s[0].belts[w, b].left == t[0].belts[b].room - 1
            if full and clear_m > s[0].belts[w, b].gate_m:
                s[0].belts[w, b].gate_m = clear_m
    elif kind == VEHICLE:
        s[0].places[w, p].phase = IDLE
    return item


@wp.func
def enter(t: LINE, s: WORLDS, w: int, inlet: int, item: int, now_s: wp.float64):
    """Put an item into the place behind an inlet."""
    p = t[0].inlets[inlet].place
    kind = t[0].places[p].kind
    s[0].items[w, item].since_s = now_s
    if t[0].steps > 0:
        step = s[0].items[w, item].step
        if t[0].choices[t[0].route + s[0].items[w, item].product * (t[0].steps + 1) + step] == t[0].places[p].asset:
            s[0].items[w, item].step = step + 1
    if kind == SINK:
        finish(t, s, w, p, item, now_s)
        return
    if kind == QUEUE or kind == BELT:
        weigh(s, w, p, now_s)
    append(t, s, w, p, item)
    if kind == QUEUE:
        if s[0].places[w, p].count == 1 and t[0].places[p].fleet < 0:
            make_ready(t, s, w, p, now_s)
    elif kind == STATION:
        if inlet == t[0].places[p].first_inlet and s[0].got[w, inlet] == 0:
            s[0].places[w, p].base = item
        s[0].got[w, inlet] = s[0].got[w, inlet] + 1
    elif kind == BELT:
        run_belt(t, s, w, p, now_s)
        b = t[0].places[p].belt
        s[0].marks[w, t[0].belts[b].marks + 2 * (s[0].belts[w, b].entered % t[0].belts[b].room)] = (
            s[0].belts[w, b].run_m
        )
        s[0].belts[w, b].entered = s[0].belts[w, b].entered + 1
        gate_m = s[0].belts[w, b].run_m + t[0].belts[b].pitch_m
        if gate_m > s[0].belts[w, b].gate_m:
            s[0].belts[w, b].gate_m = gate_m


@wp.func
def move(t: LINE, s: WORLDS, w: int, p: int, inlet: int, by: int, now_s: wp.float64):
    """The head of place `p` goes through an inlet, while place `by` is looked at; others are marked if it matters.

    To a buffer it matters that it was full, or that its next item goes elsewhere, or that its first item has come.
    """
    q = t[0].inlets[inlet].place
    from_queue = t[0].places[p].kind == QUEUE
    matters = True
    if from_queue:
        matters = s[0].places[w, p].count + s[0].places[w, p].reserved >= t[0].places[p].capacity
    item = leave(t, s, w, p, now_s)
    if from_queue and s[0].places[w, p].count > 0:
        matters = matters or routing.target(t, s, w, p) != inlet
    if t[0].places[p].reserves == 1:
        s[0].places[w, q].reserved = s[0].places[w, q].reserved - 1
    enter(t, s, w, inlet, item, now_s)
    if p != by and matters:
        clocks.mark(s, w, p)
    kind = t[0].places[q].kind
    if q != by and kind != SINK:
        if kind != QUEUE or s[0].places[w, q].count == 1 or t[0].places[q].fleet >= 0:
            clocks.mark(s, w, q)


@wp.func
def circle(t: LINE, s: WORLDS, w: int, p: int) -> bool:
    """Whether a blocked place waits, place by place, for itself: then no item of the ring can ever move."""
    at = int(p)
    turn = int(0)
    while turn < t[0].places.shape[0]:
        turn += 1
        if s[0].places[w, at].ready == 0:
            return False
        node = routing.target(t, s, w, at)
        if node < 0 or node >= t[0].inlets.shape[0]:
            return False
        if routing.has_room(t, s, w, node):
            return False
        at = t[0].inlets[node].place
        if t[0].places[at].kind == STATION and s[0].places[w, at].ready == 0:
            return False
        if at == p:
            return True
    return False


@wp.func
def push(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64) -> bool:
    """Let the head go where there is room; where others wait for the same inlet, that inlet decides who goes."""
    if s[0].places[w, p].ready == 0:
        return False
    node = routing.target(t, s, w, p)
    if t[0].places[p].reserves == 1:
        move(t, s, w, p, node, p, now_s)
        return True
    inlet = routing.choose(t, s, w, node)
    if inlet < 0:
        if t[0].circular == 1 and s[0].world[w].status == OK and circle(t, s, w, p):
            s[0].world[w].status = DEADLOCK
            s[0].world[w].status_place = p
        routing.ask(t, s, w, node)
        return False
    if t[0].inlets[inlet].feeders > 1 and routing.waiting_feeder(t, s, w, inlet) != p:
        clocks.mark(s, w, t[0].inlets[inlet].place)
        clocks.mark(s, w, p)
        return False
    if routing.accept(t, s, w, inlet, head_item(t, s, w, p), now_s):
        move(t, s, w, p, inlet, p, now_s)
        return True
    clocks.mark(s, w, t[0].inlets[inlet].place)
    return False


@wp.func
def pull(t: LINE, s: WORLDS, w: int, p: int, now_s: wp.float64):
    """Let those in who wait for a place."""
    turn = int(0)
    while turn < t[0].places[p].inlets:
        inlet = t[0].places[p].first_inlet + turn
        turn += 1
        more = bool(True)
        while more and routing.has_room(t, s, w, inlet):
            feeder = routing.waiting_feeder(t, s, w, inlet)
            more = feeder >= 0
            if more:
                more = routing.accept(t, s, w, inlet, head_item(t, s, w, feeder), now_s)
                if more:
                    move(t, s, w, feeder, inlet, p, now_s)
        if t[0].inlets[inlet].reserved_by == 1 and routing.has_room(t, s, w, inlet):
            other = int(0)
            while other < t[0].inlets[inlet].feeders:
                q = t[0].feeders[t[0].inlets[inlet].first_feeder + other]
                if t[0].places[q].reserves == 1 and s[0].places[w, q].count == 0:
                    clocks.mark(s, w, q)
                other += 1
