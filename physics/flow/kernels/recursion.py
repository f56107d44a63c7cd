"""A serial line without events: each item's times at each station follow from the item before, by maxima and sums.

Equations  A_i(n) = max(D_i(n-1), D_(i-1)(n))       F_i(n) = A_i(n) + work, broken off by repairs
           D_i(n) = max(F_i(n), A_(i+1)(n-B_i)) with a buffer behind, max(F_i(n), D_(i+1)(n-1)) without
Symbols    A item n comes to station i, F its work ends, D it leaves; B_i slots of the buffer behind station i
Source     Dallery and Gershwin (1992), doi:10.1007/BF01158636; Baccelli et al., Synchronization and Linearity (1992)
Valid      one product, blocking after service, breakdowns that count working time and wait for nobody. The same numbers
           as the events give, since sums are formed in the same order from the same streams.

Item n is at station i in all worlds of a group at once, so a group is carried in vector registers; only breakdowns and
items that leave are looked at world by world. Durations are drawn ahead by the functions that the events draw with.
"""

from physics.flow.kernels import draws, tables

LANES = 8
"""Worlds of a group on a CPU, two registers of four: one need not wait for the other. On CUDA a thread has one."""

AHEAD = 16
"""Durations drawn at a time: four blocks of a stream, which a core works on side by side."""

ITEMS_AT_ONE_TIME = 100_000
"""More items than this without time moving on is a loop that takes no time."""

TYPES = """
#if defined(__CUDA_ARCH__)
#define LANES 1
#define LANE(v, l) (v)
#define ANY(m) (m)
typedef double V;
typedef bool M;
typedef unsigned long long U;
#define REAL(x) ((V)(x))
#else
#define LANES %(lanes)d
#define LANE(v, l) ((v)[l])
#define ANY(m) (__builtin_reduce_or(m) != 0)
typedef double V __attribute__((ext_vector_type(LANES), aligned(8)));
typedef long M __attribute__((ext_vector_type(LANES)));
typedef unsigned long U __attribute__((ext_vector_type(LANES), aligned(8)));
#define REAL(x) __builtin_convertvector((x), V)
#endif
#if defined(__AVX__) && !defined(__CUDA_ARCH__)
#define SCALARS __builtin_ia32_vzeroupper()  /* else scalar code of the C library waits at every step */
#else
#define SCALARS
#endif
"""

TEXT = """
struct Group {
struct Stage { V left_at_s, until_failure_s, busy_s, blocked_s, starved_s, down_s, buffered_s, done, failures; };
Flow f[LANES];
Stage *stages;
V *history, *ahead;
double from_s, until_s;
FN V pick(M m, V a, V b) { return m ? a : b; }
FN V most(V a, V b) { return a > b ? a : b; }
FN V least(V a, V b) { return a < b ? a : b; }
FN V counted(M m) { return pick(m, (V)(1.0), (V)(0.0)); }

/* How much of [a, b] lies in the time that counts. */
FN V inside(V a_s, V b_s) {
  return most((V)(0.0), least(b_s, (V)(until_s)) - most(a_s, (V)(from_s)));
}

/* The same for one world. */
FN double within(double a_s, double b_s) {
  double from = a_s > from_s ? a_s : from_s, to = b_s < until_s ? b_s : until_s;
  return to > from ? to - from : 0.0;
}

/* The next AHEAD durations of row `which` in all worlds; even ones in registers, from the words of their stream. */
APART FN void draw(int which, V *row) {
  auto &d = f[0].t_durations[which];
  SCALARS;
  if (d.kind != %(uniform)d) {
    for (int l = 0; l < LANES; ++l)
      for (int k = 0; k < AHEAD; ++k) LANE(row[k], l) = f[l].draws_duration(which);
    return;
  }
  U words[AHEAD];
  for (int l = 0; l < LANES; ++l)
    for (int k = 0; k < AHEAD; k += 4) {
      auto &world = f[l].s_world[0];
      f[l].draws_block(d.stream, f[l].s_used[d.stream] / 4 + 1, 0);
      LANE(words[k], l) = world.word_0;
      LANE(words[k + 1], l) = world.word_1;
      LANE(words[k + 2], l) = world.word_2;
      LANE(words[k + 3], l) = world.word_3;
      f[l].s_used[d.stream] += 4;
    }
  double width = d.b - d.a;
  for (int k = 0; k < AHEAD; ++k) row[k] = d.a + width * ((REAL(words[k] >> 11) + 0.5) * %(step)r);
}

/* Duration n of row `which`, drawn ahead in row `at` of `ahead`. */
FN V drawn(int which, int at, int n) {
  V *row = ahead + at * AHEAD;
  if (n %% AHEAD == 0) draw(which, row);
  return row[n %% AHEAD];
}

/* When the next item may come to station i, as far as the station and the buffer in front of it say. */
FN V free_s(int i) {
  auto &c = f[0].t_stages[i];
  return c.slots > 0 ? history[c.history + f[0].s_slot[i]] : stages[i].left_at_s;
}

/* Breakdowns of station i in world l: begin and end of what is left of the work move on, and the next breakdown. */
FN void broken(int i, int l, double &at_s, double &ends_s, double &due_s) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  while (due_s < ends_s) {
    LANE(x.busy_s, l) += within(at_s, due_s);
    if (due_s >= from_s && due_s < until_s) LANE(x.failures, l) += 1.0;
    double left_s = (ends_s - due_s) * c.speed;
    at_s = due_s + f[l].draws_duration(c.repair);
    LANE(x.down_s, l) += within(due_s, at_s);
    left_s = left_s / c.speed;
    ends_s = at_s + left_s;
    due_s = at_s + f[l].draws_duration(c.between);
  }
}

/* The same for all worlds in which station i breaks down before the end. */
APART FN void broken_in(M breaks, int i, V &at_s, V &ends_s, V &due_s) {
  SCALARS;
  for (int l = 0; l < LANES; ++l)
    if (LANE(breaks, l)) {
      double at = LANE(at_s, l), ends = LANE(ends_s, l), due = LANE(due_s, l);
      broken(i, l, at, ends, due);
      LANE(at_s, l) = at; LANE(ends_s, l) = ends; LANE(due_s, l) = due;
    }
}

/* Item n comes to station i at `came_s` and goes through it; when it leaves. */
FN V passed(int i, int n, V came_s) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  V start_s = most(x.left_at_s, came_s), at_s = start_s, work_s = drawn(c.cycle, i, n);
  if (c.slots > 0) {
    int &slot = f[0].s_slot[i];
    history[c.history + slot] = start_s;
    slot = slot + 1 == c.slots ? 0 : slot + 1;
  }
  if (c.speed != 1.0) work_s = work_s / c.speed;
  V ends_s = at_s + work_s;
  if (c.between >= 0) {
    V due_s = at_s + x.until_failure_s;
    M breaks = due_s < ends_s;
    if (ANY(breaks)) broken_in(breaks, i, at_s, ends_s, due_s);
    x.until_failure_s = due_s - ends_s;
  }
  V leaves_s = i + 1 < f[0].t_stages_n0 ? most(ends_s, free_s(i + 1)) : ends_s;
  if (ANY((least(came_s, x.left_at_s) < from_s) | (leaves_s >= until_s))) {
    x.starved_s += inside(x.left_at_s, start_s);
    x.buffered_s += inside(came_s, start_s);
    x.busy_s += inside(at_s, ends_s);
    x.blocked_s += inside(ends_s, leaves_s);
    x.done += counted((ends_s >= from_s) & (ends_s < until_s));
  } else {
    x.starved_s += start_s - x.left_at_s;
    x.buffered_s += start_s - came_s;
    x.busy_s += ends_s - at_s;
    x.blocked_s += leaves_s - ends_s;
    x.done += 1.0;
  }
  x.left_at_s = leaves_s;
  return leaves_s;
}

/* Hand over what was booked for each station, the wait at the end included. */
FN void close() {
  for (int i = 0; i < f[0].t_stages_n0; ++i) {
    auto &c = f[0].t_stages[i];
    Stage &x = stages[i];
    x.starved_s += inside(x.left_at_s, (V)(%(infinite)r));
    for (int l = 0; l < LANES; ++l) {
      double *states = f[l].s_state_s + c.place * f[l].s_state_s_n2;
      states[%(busy)d] = LANE(x.busy_s, l);
      states[%(blocked)d] = LANE(x.blocked_s, l);
      states[%(down)d] = LANE(x.down_s, l);
      states[%(starved)d] = LANE(x.starved_s, l);
      auto &place = f[l].s_places[c.place];
      place.done = (int)LANE(x.done, l);
      place.ideal_s = LANE(x.done, l) * f[l].t_values[f[l].t_places[c.place].ideal];
      if (c.buffer >= 0) f[l].s_places[c.buffer].area = LANE(x.buffered_s, l);
      if (c.stop >= 0) f[l].s_stops[c.stop].count = (int)LANE(x.failures, l);
    }
  }
}

/* Carry the worlds of a group, item by item, until the next one would come in too late to matter. */
FN void recurse(double to_s, int most_events) {
  int count = f[0].t_stages_n0, most_items = most_events / count;
  stages = (Stage *)f[0].s_stages;
  history = (V *)f[0].s_history;
  ahead = (V *)f[0].s_ahead;
  from_s = f[0].s_start_s;
  until_s = to_s;
  for (int l = 0; l < LANES; ++l) {
    f[l].s_world[0].lead_stride = 1;
    for (int i = 0; i < count; ++i)
      if (f[l].t_stages[i].between >= 0)
        LANE(stages[i].until_failure_s, l) = f[l].draws_duration(f[l].t_stages[i].between);
  }
  V entered_s = (V)(0.0), ended_s = (V)(until_s), status = (V)(%(ok)d.0), at_one_time = (V)(0.0);
  V area = (V)(0.0), created = (V)(0.0), held = (V)(0.0), items = (V)(0.0);
  M alive = entered_s < until_s;
  for (int n = 0; ANY(alive); ++n) {
    V came_s = most(entered_s + drawn(f[0].t_interval, count, n), free_s(0));
    at_one_time = pick(came_s > entered_s, (V)(0.0), at_one_time + 1.0);
    entered_s = came_s;
    M wrong = alive & (at_one_time > %(items_at_one_time)d.0);
    if (n >= most_items) wrong = alive;
    if (ANY(wrong)) {  /* its worlds end here; the rest of them lies behind the time that counts */
      status = pick(wrong, (V)(n >= most_items ? %(too_many)d.0 : %(zero_time)d.0), status);
      ended_s = pick(wrong, entered_s, ended_s);
      entered_s = pick(wrong, (V)(until_s), entered_s);
    }
    alive = entered_s < until_s;
    items += counted(alive);
    created += counted(alive & (entered_s >= from_s));
    came_s = entered_s;
    if (ANY(alive))
      for (int i = 0; i < count; ++i) came_s = passed(i, n, came_s);
    area += inside(entered_s, came_s);
    held += counted(alive & (came_s >= until_s));
    M out = (came_s >= from_s) & (came_s < until_s);
    for (int l = 0; l < LANES; ++l)
      if (LANE(out, l)) {
        f[l].moves_keep_lead(LANE(came_s, l) - LANE(entered_s, l), 0, LANE(came_s, l));
        f[l].s_places[f[l].t_sink].done += 1;
      }
  }
  close();
  for (int l = 0; l < LANES; ++l) {
    auto &world = f[l].s_world[0];
    world.status = (int)LANE(status, l);
    world.status_place = f[l].t_stages[0].place;
    world.area = LANE(area, l);
    world.created = (int)LANE(created, l);
    world.items = (int)LANE(held, l);
    world.now_s = LANE(ended_s, l);
    world.events = (int)LANE(items, l) * count;
  }
}
};
"""


def text() -> str:
    """C text of the recursion; needs `Flow`, a world's functions and rows."""
    words = {
        "lanes": LANES, "uniform": draws.UNIFORM, "step": float(draws.STEP),
        "items_at_one_time": ITEMS_AT_ONE_TIME, "infinite": float(tables.INFINITE),
        "busy": tables.BUSY, "blocked": tables.BLOCKED, "down": tables.DOWN, "starved": tables.STARVED,
        "ok": tables.OK, "too_many": tables.TOO_MANY_EVENTS, "zero_time": tables.ZERO_TIME_LOOP,
    }  # fmt: skip
    return f"#define AHEAD {AHEAD}\n{TYPES % words}{TEXT % words}"


# what the text defines for itself; Warp's own code follows in the same file
MACROS = ("AHEAD", "LANES", "LANE", "ANY", "REAL", "SCALARS")
