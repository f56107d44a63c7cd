"""How vehicles fetch items in the recursion: the nearest free one goes to the item that has waited longest."""

TEXT = """
/* The nearest free vehicle of gate g fetches the item that has waited longest there. */
FN void fetch(int g) {
  auto &c = f[0].t_gates[g];
  Stage &own = stages[c.first_stage];
  M able = moving & kept(own.held > 0.0);
  if (!ANY(able)) return;
  V came_s = came(g), called_s = never(), least_s = never(), best = (V)(-1.0);
  for (int i = c.first_stage; i < c.first_stage + c.stages; ++i) {
    Stage &x = stages[i];
    M idle = (x.ends_s >= never()) & kept(x.ready_s >= never());
    called_s = least(called_s, pick(idle, most(came_s, x.left_s), never()));
  }
  able &= called_s < until_s;
  M certain = able, even = able & (able == 0);
  for (int i = c.first_stage; i < c.first_stage + c.stages; ++i) {
    Stage &x = stages[i];
    certain &= x.ready_s > called_s;  /* where one stands to unload it is not known yet when that is free */
    M here = (x.ends_s >= never()) & kept(x.ready_s >= never()) & kept(x.left_s <= called_s);
    M better = here & kept(x.until_failure_s < least_s);
    least_s = pick(better, x.until_failure_s, least_s);
    best = pick(better, (V)((double)i), best);
    if (c.stages > 1) even |= here & kept(x.left_s == came_s);
  }
  able = decided(able, certain, called_s);
  open |= able & even;
  if (!ANY(able)) return;
  V there_s = called_s + least_s;
  open |= able & (there_s <= own.at_one_time);  /* one overtakes another: the events know which item it takes */
  own.at_one_time = pick(able, there_s, own.at_one_time);
  own.failures = pick(able, called_s, own.failures);
  own.buffered_s += inside(able, came_s, there_s);
  V born_s, passes;
  takes(g, able, came_s, there_s, born_s, passes);
  for (int i = c.first_stage; i < c.first_stage + c.stages; ++i) {
    auto &d = f[0].t_stages[i];
    Stage &x = stages[i];
    M go = kept(able & (best == (double)i));
    if (!ANY(go)) continue;
    x.born_s = pick(go, born_s, x.born_s);
    x.passes = pick(go, passes, x.passes);
    V ends_s = there_s + d.load_s;
    ends_s = ends_s + d.way_s;
    ends_s = ends_s + d.unload_s;
    x.starved_s += inside(go, x.left_s, called_s);
    x.setup_s += inside(go, called_s, there_s);
    x.busy_s += inside(go, there_s, ends_s);
    x.until_failure_s = pick(go, (V)(d.back_s), x.until_failure_s);
    x.ends_s = pick(go, ends_s, x.ends_s);
  }
}
"""
