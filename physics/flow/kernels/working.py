"""How stations work in the recursion: an item comes, work is broken off by repairs, the item goes its way.

A crew serves who asked first: a repair begins once no other station that shares the crew can still ask earlier.
"""

TEXT = """
/* Work begins on the item that waits for station i. */
FN void begin(int i) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  M go = kept(moving & kept(x.held > 0.0) & kept(x.ends_s >= never()) & kept(x.ready_s >= never()));
  if (!ANY(go)) return;
  V came_s = came(c.gate), start_s = most(x.left_s, came_s);
  go = kept(go & kept(start_s < until_s));
  if (!ANY(go)) return;
  V born_s, passes;
  takes(c.gate, go, came_s, start_s, born_s, passes);
  x.born_s = pick(go, born_s, x.born_s);
  x.passes = pick(go, passes, x.passes);
  V work_s = taken(go, c.row, c.cycle, 0);
  if (c.speed != 1.0) work_s = work_s / c.speed;
  V ends_s = start_s + work_s, due_s = start_s + x.until_failure_s;
  x.ends_s = pick(go, ends_s, x.ends_s);
  x.due_s = pick(go, due_s, x.due_s);
  x.starved_s += inside(go, x.left_s, start_s);
  x.buffered_s += inside(go, came_s, start_s);
  x.busy_s += inside(go, start_s, least(ends_s, due_s));
}

/* Station i breaks down in world l: it is repaired, and the work goes on until its end or the next breakdown. */
FN void repaired(int i, int l, double *free_s) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  double due_s = LANE(x.due_s, l), ends_s = LANE(x.ends_s, l), begins_s = due_s;
  if (free_s && *free_s > due_s) begins_s = *free_s;
  if (due_s >= from_s) LANE(x.failures, l) += 1.0;
  double left_s = (ends_s - due_s) * c.speed;
  double at_s = begins_s + taken_in(l, c.stop_row + 1, c.repair);
  LANE(x.waiting_s, l) += within(due_s, begins_s);
  LANE(x.down_s, l) += within(begins_s, at_s);
  if (free_s) {
    *free_s = at_s;
    f[l].s_pools[c.pool].area += within(begins_s, at_s);
  }
  left_s = left_s / c.speed;
  ends_s = at_s + left_s;
  due_s = at_s + taken_in(l, c.stop_row, c.between);
  LANE(x.busy_s, l) += within(at_s, ends_s < due_s ? ends_s : due_s);
  LANE(x.ends_s, l) = ends_s;
  LANE(x.due_s, l) = due_s;
}

/* Breakdowns of station i; where it shares a crew, the one that asked first is served first. */
APART FN void break_down(int i, M breaks) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  SCALARS;
  if (c.pool < 0) {
    for (int l = 0; l < LANES; ++l)
      while (LANE(breaks, l) && LANE(x.due_s, l) < LANE(x.ends_s, l) && LANE(x.due_s, l) < until_s) repaired(i, l, 0);
    moved |= breaks;
    return;
  }
  auto &crew = f[0].t_hands[c.pool];
  V others_s = never();
  for (int k = 0; k < crew.users; ++k) {
    int other = f[0].t_links[crew.first_user + k];
    Stage &y = stages[other];
    V next_s = pick(y.ready_s < never(), y.ready_s, y.left_s) + y.until_failure_s;
    if (other != i) others_s = least(others_s, pick(y.ends_s < never(), y.due_s, next_s));
  }
  M go = decided(breaks, x.due_s < others_s, x.due_s);
  for (int l = 0; l < LANES; ++l)
    if (LANE(go, l)) {
      double *free_s = f[l].s_free_s + crew.first;
      for (int hand = 1; hand < crew.size; ++hand)
        if (f[l].s_free_s[crew.first + hand] < *free_s) free_s = f[l].s_free_s + crew.first + hand;
      repaired(i, l, free_s);
    }
  moved |= go;
}

/* Items of the worlds `go` leave the system through a sink at `at_s`. */
FN void leave(M go, Stage &x, V at_s, int sink) {
  area += inside(go, x.born_s, at_s);
  inside_count -= counted(go);
  M counts = kept(go & kept(at_s >= from_s));
  for (int l = 0; l < LANES; ++l)
    if (ON(counts, l)) {
      f[l].moves_keep_lead(LANE(at_s, l) - LANE(x.born_s, l), 0, LANE(at_s, l));
      f[l].s_places[sink].done += 1;
    }
}

/* Work of stage i is over: its item goes through a sink at once, or is ready for a gate. */
FN void finish(int i) {
  auto &c = f[0].t_stages[i];
  Stage &x = stages[i];
  M go = kept(moving & kept(x.ends_s < until_s) & kept(x.due_s >= x.ends_s));
  if (!ANY(go)) return;
  V at_s = x.ends_s;
  if (c.between >= 0) x.until_failure_s = pick(go, x.due_s - at_s, x.until_failure_s);
  x.ends_s = pick(go, never(), x.ends_s);
  x.done += counted(go & kept(at_s >= from_s));
  moved |= go;
  V turn = (V)(0.0);
  if (c.ways > 1) {
    V u = taken(go, c.judged, -1, c.stream);
    for (int k = 0; k + 1 < c.ways; ++k)
      turn += counted((turn == (double)k) & (u >= f[0].t_values[c.shares + k]));
    M again = turn == (double)c.again_way, enough = again & (x.passes >= (double)c.pass_limit);
    turn = pick(enough, (V)((double)c.limit_way), turn);
    x.passes += counted(go & again & (enough == 0));
  }
  for (int k = 0; k < c.ways; ++k) {
    int way = f[0].t_links[c.first_way + k];
    M by = kept(go & (turn == (double)k));
    if (!ANY(by)) continue;
    if (way < 0) {
      leave(by, x, at_s, -1 - way);
      x.left_s = pick(by, at_s, x.left_s);
    } else {
      x.ready_s = pick(by, at_s, x.ready_s);
      x.way = pick(by, (V)((double)way), x.way);
    }
  }
}
"""
