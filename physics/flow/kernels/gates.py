"""How items pass gates in the recursion: into a buffer, or straight to a stage, from one giver or from several.

Of several givers the one whose item has waited longest goes first, or the first in order. That is certain once no other
can still give an earlier one, or where all items of a world wait here.
"""

TEXT = """
/* When the item of a stage is ready for gate g; never, where it has none or goes elsewhere. */
FN V ready_for(int i, int g) {
  return f[0].t_stages[i].ways > 1 ? pick(stages[i].way == (double)g, stages[i].ready_s, never()) : stages[i].ready_s;
}

/* Of the items that wait for gate g the one that goes first, its stage and time, in worlds where that is certain. */
FN M first_of(int g, M able, V room_s, V &at_s, V &best) {
  auto &c = f[0].t_gates[g];
  V best_s = never(), waiting = (V)(0.0), others_s = never();
  M even = able & (able == 0);
  for (int k = 0; k < c.givers; ++k) {
    int i = f[0].t_links[c.first_giver + k];
    V ready_s = ready_for(i, g);
    M here = ready_s < never(), better = ready_s < best_s;
    if (c.rule == %(first_listed)d) better = here & (best_s > room_s) & ((ready_s <= room_s) | better);
    even |= here & (ready_s == best_s);
    best_s = pick(better, ready_s, best_s);
    best = pick(better, (V)((double)i), best);
    if (f[0].t_stages[i].kind != %(source)d) {
      waiting += counted(here);
      others_s = pick(here, others_s, least(others_s, soonest_s(stages[i])));
    }
  }
  at_s = most(best_s, room_s);
  M all_here = inside_count == waiting;
  M certain = at_s < others_s;
  if (c.only) certain |= all_here;
  M go = decided(able & kept(at_s < until_s), certain, at_s);
  open |= go & even;
  return go;
}

/* The item of stage i goes through a gate at `at_s`. */
FN void gives(int i, M go, V at_s, V &born_s, V &passes) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  if (c.kind == %(source)d) {
    born_s = pick(go, at_s, born_s);
    passes = pick(go, (V)(0.0), passes);
    inside_count += counted(go);
    created += counted(go & kept(at_s >= from_s));
    x.at_one_time = pick(go, pick(at_s > x.left_s, (V)(0.0), x.at_one_time + 1.0), x.at_one_time);
    open |= go & (x.at_one_time > %(items_at_one_time)d.0);
    x.ready_s = pick(go, at_s + taken(go, c.row, c.cycle, 0), x.ready_s);
  } else {
    born_s = pick(go, x.born_s, born_s);
    passes = pick(go, x.passes, passes);
    x.blocked_s += inside(go, x.ready_s, at_s);
    x.ready_s = pick(go, never(), x.ready_s);
    if (c.kind == %(vehicle)d)  /* a call went to another vehicle at the time at which this one is free */
      open |= go & (at_s <= stages[f[0].t_gates[c.gate].first_stage].failures);
  }
  x.left_s = pick(go, at_s, x.left_s);
}

/* A slot of gate g in world l. */
FN auto &slot_of(int g, int l, int at) { return f[0].s_slots[f[0].t_gates[g].first_slot + l * f[0].s_slots_n1 + at]; }

/* Let an item through gate g where there is room. */
FN void enter(int g) {
  auto &c = f[0].t_gates[g];
  Stage &own = stages[c.first_stage];
  M able;
  V room_s = own.left_s;
  if (c.slots > 0) {
    able = kept(own.held < (double)c.slots);
    I tail = turns(2 * g + 1);
    EACH(l) LANE(room_s, l) = slot_of(g, l, LANE(tail, l)).came_s;
  } else {
    able = kept(own.held == 0.0) & kept(own.ends_s >= never()) & kept(own.ready_s >= never());
  }
  able = kept(able & moving);
  V at_s, best = (V)(-1.0), born_s = (V)(0.0), passes = (V)(0.0);
  M go;
  int single = f[0].t_links[c.first_giver];
  if (c.givers == 1) {
    at_s = ready_for(single, g);
    M here = kept(at_s < never());
    at_s = most(at_s, room_s);
    go = kept(able & here & kept(at_s < until_s));
    if (!ANY(go)) return;
    gives(single, go, at_s, born_s, passes);
  } else {
    if (!ANY(able)) return;
    go = first_of(g, able, room_s, at_s, best);
    if (!ANY(go)) return;
    for (int k = 0; k < c.givers; ++k) {
      int i = f[0].t_links[c.first_giver + k];
      M mine = kept(go & (best == (double)i));
      if (ANY(mine)) gives(i, mine, at_s, born_s, passes);
    }
  }
  int slots = c.slots > 0 ? c.slots : 1;
  I tail = turns(2 * g + 1), steps = STEPS(go), to = steps == 1 ? tail : (I)(slots);  /* or where nobody reads */
  EACH(l) {
    auto &slot = slot_of(g, l, LANE(to, l));
    slot.came_s = LANE(at_s, l);
    slot.born_s = LANE(born_s, l);
    slot.passes = LANE(passes, l);
  }
  tail += steps;
  turns(2 * g + 1) = tail == slots ? (I)(0) : tail;
  own.held += counted(go);
  moved |= go;
}

/* The item that waits first at gate g: when it came. */
FN V came(int g) {
  I head = turns(2 * g);
  V came_s;
  EACH(l) LANE(came_s, l) = slot_of(g, l, LANE(head, l)).came_s;
  return came_s;
}

/* It leaves its slot at `at_s`. */
FN void takes(int g, M go, V came_s, V at_s, V &born_s, V &passes) {
  auto &c = f[0].t_gates[g];
  int slots = c.slots > 0 ? c.slots : 1;
  I head = turns(2 * g);
  V left_s = pick(go, at_s, came_s);
  EACH(l) {
    auto &slot = slot_of(g, l, LANE(head, l));
    LANE(born_s, l) = slot.born_s;
    LANE(passes, l) = slot.passes;
    slot.came_s = LANE(left_s, l);
  }
  head += STEPS(go);
  turns(2 * g) = head == slots ? (I)(0) : head;
  stages[c.first_stage].held -= counted(go);
  served += counted(go);
  moved |= go;
}
"""
