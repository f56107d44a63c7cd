"""A line without events: each item's times at each stage follow from those before it, by maxima and sums.

Equations  A = max(R, E)        S = max(L, A)        F = S + work, broken off by repairs        L = next gate's A
           G = max(due, the first time that a hand is free)
Symbols    an item is ready to go on at R and enters the next gate at A; E the gate has room, from the start of the item
           that many slots before it; S work starts, F it ends, L the stage is free; G a repair begins
Source     Dallery and Gershwin (1992), doi:10.1007/BF01158636; Baccelli et al., Synchronization and Linearity (1992);
           Chandy and Misra (1979), doi:10.1109/TSE.1979.230182, for deciding what nothing earlier can change
Valid      lines that `physics/flow/recursive.py` lets through. The same numbers as the events give, since sums are
           formed in the same order from the same streams.

A sweep goes over gates and stages in the order of the line and lets every world do there what is certain. Who of
several goes first, at a gate or at a crew, is certain where it comes before anything that the others can still do; in
a world where nothing else is left to do, the earliest decision is. A world where two fall on the same time is left to
the events, and so is one that comes to a stand. All worlds of a group are at the same stage at once, so they are
carried in vector registers.
"""

from physics.flow.kernels import draws, fetching, gates, tables, working

ITEMS_AT_ONE_TIME = 100_000
"""More items than this without time moving on is a loop that takes no time; the events name it."""

STATE = """
struct Group {
struct Stage {
  V left_s, until_failure_s, ends_s, due_s, ready_s, born_s, passes, way, busy_s, setup_s, blocked_s, starved_s, down_s,
    waiting_s, buffered_s, done, failures, at_one_time, held;
};
Flow f[LANES];
Stage *stages;
double from_s, until_s;
V forced_s, decide_s, matches, inside_count, area, created, served;
M moved, moving, open;
/* A mask as it stands in a register: else compilers pack it at every branch, and store by it in slow ways. */
FN M kept(M m) {
  HIDE(m);
  return m;
}
#if defined(__CUDA_ARCH__)
FN V pick(M m, V a, V b) { return m ? a : b; }
FN V counted(M m) { return m ? 1.0 : 0.0; }
FN V only(M m, V a) { return m ? a : 0.0; }
#else
FN V pick(M m, V a, V b) { m = kept(m); return (V)((m & (M)a) | (~m & (M)b)); }
FN V only(M m, V a) { return (V)(kept(m) & (M)a); }
FN V counted(M m) { return only(m, (V)(1.0)); }
#endif
FN V most(V a, V b) { return a > b ? a : b; }
FN V least(V a, V b) { return a < b ? a : b; }
FN V never() { return (V)(%(infinite)r); }

/* How much of [a, b] lies in the time that counts, in the worlds of `m`. */
FN V inside(M m, V a_s, V b_s) {
  return only(m, most((V)(0.0), least(b_s, (V)(until_s)) - most(a_s, (V)(from_s))));
}

/* The same for one world. */
FN double within(double a_s, double b_s) {
  double from = a_s > from_s ? a_s : from_s, to = b_s < until_s ? b_s : until_s;
  return to > from ? to - from : 0.0;
}

/* Counters of the worlds, `row` by `row`. */
FN I &turns(int row) { return ((I *)f[0].s_turn)[row]; }

/* The next of what is drawn ahead in `row`: durations of row `which`, or numbers of stream `entity`. */
FN V taken(M go, int row, int which, int entity) {
  if (which >= 0 && f[0].t_durations[which].kind == %(constant)d) return (V)(f[0].t_durations[which].a);
  I at = turns(2 * f[0].t_gates_n0 + row), steps = STEPS(go);
  int size = f[0].s_ahead_n1 * AHEAD;
  double *own = f[0].s_ahead + row * AHEAD;
  if (ANY((at == 0) & (steps == 1)))
    for (int l = 0; l < LANES; ++l)
      if (LANE(at, l) == 0 && LANE(steps, l) == 1) {
        if (which >= 0) f[l].fill(which, own + l * size);
        else f[l].fill_uniforms(entity, own + l * size);
      }
  V found;
  EACH(l) LANE(found, l) = own[l * size + LANE(at, l)];
  turns(2 * f[0].t_gates_n0 + row) = (at + steps) & (AHEAD - 1);
  return found;
}

/* The next duration of row `which` in world l alone. */
FN double taken_in(int l, int row, int which) {
  int *at = (int *)&turns(2 * f[0].t_gates_n0 + row) + l;
  double *own = f[0].s_ahead + (row + l * f[0].s_ahead_n1) * AHEAD;
  if (f[0].t_durations[which].kind == %(constant)d) return f[0].t_durations[which].a;
  if (*at == 0) f[l].fill(which, own);
  double found = own[*at];
  *at = (*at + 1) & (AHEAD - 1);
  return found;
}

/* A decision that is due at `at_s`: worlds of `able` where it is made now. */
FN M decided(M able, M certain, V at_s) {
  M late = able & (certain == 0) & (at_s == forced_s);
  M go = kept((able & certain) | late);
  matches += counted(late);
  decide_s = least(decide_s, pick(able & (go == 0), at_s, never()));
  return go;
}

/* The earliest time at which something may still come out of a stage. */
FN V soonest_s(Stage &x) { return pick(x.ends_s < never(), x.ends_s, pick(x.ready_s < never(), x.ready_s, x.left_s)); }
"""

RUN = """
/* Whether in world l a blocked stage waits, gate by gate, for itself. */
FN bool circle(int i, int l) {
  int at = i;
  for (int turn = 0; turn < f[0].t_stages_n0; ++turn) {
    if (LANE(stages[at].ready_s, l) >= %(infinite)r || f[0].t_stages[at].kind == %(source)d) return false;
    auto &g = f[0].t_gates[(int)LANE(stages[at].way, l)];
    at = g.first_stage;
    if (g.stages > 1 || (g.slots > 0 && LANE(stages[at].held, l) < g.slots)) return false;
    if (at == i) return true;
  }
  return false;
}

/* Whether something lies behind the horizon in world l, and nothing waits for itself. */
FN bool goes_on(int l) {
  bool later = false;
  for (int i = 0; i < f[0].t_stages_n0; ++i) {
    Stage &x = stages[i];
    bool idle = LANE(x.ends_s, l) >= %(infinite)r && LANE(x.ready_s, l) >= %(infinite)r;
    bool source = f[0].t_stages[i].kind == %(source)d;
    if (!source && (!idle || LANE(x.held, l) > 0.0)) later |= LANE(x.ready_s, l) >= %(infinite)r;
    if (source) later |= LANE(x.ready_s, l) >= until_s;
    if (f[0].t_circular && circle(i, l)) return false;
  }
  return later;
}

/* Book what lasts until the end, and hand everything over. */
FN void close() {
  for (int i = 0; i < f[0].t_stages_n0; ++i) {
    auto &c = f[0].t_stages[i];
    Stage &x = stages[i];
    if (c.kind == %(source)d) continue;
    V end_s = (V)(until_s);
    M works = x.ends_s < never(), waits = x.ready_s < never();
    x.blocked_s += inside(waits, x.ready_s, end_s);
    x.starved_s += inside((works | waits) == 0, x.left_s, end_s);
    area += inside(works | waits, x.born_s, end_s);
    for (int l = 0; l < LANES; ++l) {
      double *states = f[l].s_state_s + c.place * f[l].s_state_s_n2;
      states[%(busy)d] = LANE(x.busy_s, l);
      states[%(setup)d] = LANE(x.setup_s, l);
      states[%(blocked)d] = LANE(x.blocked_s, l);
      states[%(down)d] = LANE(x.down_s, l);
      states[%(waiting_crew)d] = LANE(x.waiting_s, l);
      states[%(starved)d] = LANE(x.starved_s, l);
      if (c.stop >= 0) f[l].s_stops[c.stop].count = (int)LANE(x.failures, l);
      if (c.kind != %(station)d) continue;
      auto &place = f[l].s_places[c.place];
      place.done = (int)LANE(x.done, l);
      place.ideal_s = LANE(x.done, l) * f[l].t_values[f[l].t_places[c.place].ideal];
    }
  }
  for (int g = 0; g < f[0].t_gates_n0; ++g) {
    auto &c = f[0].t_gates[g];
    Stage &x = stages[c.first_stage];
    for (int l = 0; l < LANES; ++l) {
      int head = LANE(turns(2 * g), l);
      for (int k = 0; k < (int)LANE(x.held, l); ++k) {
        auto &slot = slot_of(g, l, head);
        LANE(area, l) += within(slot.born_s, until_s);
        LANE(x.buffered_s, l) += within(slot.came_s, until_s);
        if (++head >= c.slots) head = 0;
      }
      if (c.place >= 0) f[l].s_places[c.place].area = LANE(x.buffered_s, l);
    }
  }
}

/* Empty worlds at time zero. */
FN void start(double to_s) {
  stages = (Stage *)f[0].s_stages;
  from_s = f[0].s_start_s;
  until_s = to_s;
  inside_count = area = created = served = matches = (V)(0.0);
  forced_s = (V)(-1.0);
  moving = area == area;
  open = moving == 0;
  for (int i = 0; i < f[0].t_stages_n0; ++i) {
    auto &c = f[0].t_stages[i];
    Stage &x = stages[i];
    x.ends_s = x.ready_s = x.due_s = x.until_failure_s = never();
    x.way = (V)((double)(c.kind == %(source)d || c.ways == 1 ? f[0].t_links[c.first_way] : -1));
    if (c.kind == %(source)d) x.ready_s = taken(moving, c.row, c.cycle, 0);
    if (c.kind == %(vehicle)d) {
      x.until_failure_s = (V)(c.home_s);
      x.at_one_time = x.failures = (V)(-1.0);  /* of the last call: when its vehicle is there, when it set out */
    }
    if (c.between >= 0) x.until_failure_s = taken(moving, c.stop_row, c.between, 0);
  }
  for (int l = 0; l < LANES; ++l) f[l].s_world[0].lead_stride = 1;
}

/* Carry the worlds of a group from sweep to sweep, until all that is left lies behind the horizon. */
FN void recurse(double to_s, int most_events) {
  start(to_s);
  while (ANY(moving)) {
    moved = moving == 0;
    moved &= moving;
    decide_s = never();
    matches = (V)(0.0);
    for (int g = 0; g < f[0].t_gates_n0; ++g) {
      auto &c = f[0].t_gates[g];
      enter(g);
      if (f[0].t_stages[c.first_stage].kind == %(vehicle)d) fetch(g);
      else begin(c.first_stage);
      for (int i = c.first_stage; i < c.first_stage + c.stages; ++i) {
        Stage &x = stages[i];
        M breaks = kept(moving & kept(x.due_s < x.ends_s) & kept(x.ends_s < never()) & kept(x.due_s < until_s));
        if (f[0].t_stages[i].between >= 0 && ANY(breaks)) break_down(i, breaks);
        finish(i);
      }
    }
    open |= (matches > 1.0) | (served > (double)most_events);
    forced_s = pick(moved, (V)(-1.0), decide_s);
    moving = kept(moving & (moved | (decide_s < never())) & (open == 0));
  }
  close();
  for (int l = 0; l < LANES; ++l) {
    auto &world = f[l].s_world[0];
    world.status = LANE(open, l) || !goes_on(l) ? %(open)d : %(ok)d;
    world.area = LANE(area, l);
    world.created = (int)LANE(created, l);
    world.items = (int)LANE(inside_count, l);
    world.now_s = until_s;
    world.events = (int)LANE(served, l);
  }
}
};
"""


def text() -> str:
    """C text of the recursion; needs `Flow`, a world's functions and rows."""
    words = {
        "constant": draws.CONSTANT, "items_at_one_time": ITEMS_AT_ONE_TIME, "infinite": float(tables.INFINITE),
        "first_listed": tables.FIRST_LISTED, "source": tables.SOURCE, "station": tables.STATION,
        "vehicle": tables.VEHICLE, "busy": tables.BUSY, "setup": tables.SETUP, "blocked": tables.BLOCKED,
        "down": tables.DOWN, "starved": tables.STARVED, "waiting_crew": tables.WAITING_CREW, "ok": tables.OK,
        "open": tables.OPEN,
    }  # fmt: skip
    return "".join(part % words for part in (STATE, gates.TEXT, working.TEXT, fetching.TEXT, RUN))
