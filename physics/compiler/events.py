"""C text that finds the moments at which modes switch and states jump, and makes them happen.

A guard above zero whose target is not yet what it asks for has fired. Within a step the moment is bisected on the curve
between its ends; then the step is taken again to just behind it, until its end lies on the crossing. Worlds that share
the steps of the first cross at slightly different moments: those are moved by their own rates before and after, as the
linearised flow across a switching surface asks (Hiskens & Pai 2000, doi:10.1109/81.828574), so that their differences
stay derivatives.
"""

from __future__ import annotations

from collections.abc import Sequence

from physics.compiler.system import Event

FUNCTIONS = r"""
FN fired(const V *z, const V *p, const V *u, const V *c, int lead, V *g, V *v, I *now, I *any) {
  const int target[NE] = TARGETS;
  guards(z, p, u, c, g, v);
  *any = ~ALL_TRUE;
  for (int e = 0; e < NE; ++e) {
    now[e] = gt_(g[e], SPLAT(0.0)) & ne_(z[target[e]], v[e]);
    if (lead) now[e] = LEADER_MASK(now[e]);
    *any = *any | now[e];
  }
}
FN happen(V *z, const V *p, const V *u, const V *c, const REAL *nominal, const REAL *algebraic, const REAL *ease,
          double tolerance, int lead, I todo, I *lost, I *endless, V *count) {
  const int target[NE] = TARGETS;
  V g[NE], v[NE];
  I now[NE], any;
  for (int round = 0; round < 16; ++round) {
    fired(z, p, u, c, lead, g, v, now, &any);
    any = any & todo;
    if (!ANY(any)) return;
    for (int e = 0; e < NE; ++e) z[target[e]] = select_(now[e] & any, v[e], z[target[e]]);
    *count = *count + select_(any, SPLAT(1.0), SPLAT(0.0));
    I open = any;
    consistent(z, p, u, c, nominal, algebraic, ease, tolerance, lead, &open);
    *lost = *lost | open;
    todo = any & ~open;
  }
  *endless = *endless | todo;
}
"""

DECLARE = r"""
  V guard[NE], asked[NE], cap = SPLAT(BOUND), span = SPLAT(0.0), flips = SPLAT(0.0);
  I now[NE];
"""

BEGUN = "cap = S::select_(through, SPLAT(BOUND), cap);"
"""What a lane that takes a new world forgets."""

AT_A_SAMPLE = r"""
      I endless = ~ALL_TRUE;
      S::happen(z, p, u, c, nominal, algebraic, ease, TOLERANCE, lead, here & ~lost, &lost, &endless, &events);
      status = S::select_(endless, SPLAT(4.0), status);
      failed = S::select_(endless, TO_REAL(row) * sample_s, failed);
      alive = alive & ~endless;
      flips = S::select_(here, SPLAT(0.0), flips);
"""

SHORTEN = r"""
      onto = onto & S::ge_(cap, goal);
      s = S::select_(act, S::least_(s, cap), s);
"""

LOCATE = r"""
      I struck;
      S::fired(zn, p, u, c, lead, guard, asked, now, &struck);
      struck = struck & accepted;
      if (ANY(struck)) {
        CURVE
        V low = SPLAT(0.0), high = SPLAT(1.0), before[NE];
        I capped = S::lt_(cap, SPLAT(BOUND)), up;
        V slack = (1e-3 * rtol + FUZZ) * S::select_(capped, span, s);
        I open = struck;
        for (int turn = 0; turn < 52; ++turn) {
          open = open & S::gt_((high - low) * s, 0.25 * slack);
          if (!ANY(open)) break;
          V middle = 0.5 * (low + high);
          S::between(z, zn, curve, middle, y);
          S::fired(y, p, u, c, lead, before, asked, now, &up);
          high = S::select_(open & up, middle, high);
          low = S::select_(open & ~up, middle, low);
        }
        again = struck & ~S::le_((1.0 - high) * s, slack);
        struck = struck & ~again;
        span = S::select_(again & ~capped, s, span);
        cap = S::select_(again, high * s + 0.5 * slack, cap);
        accepted = accepted & ~again;
      }
      cap = S::select_(accepted, SPLAT(BOUND), cap);
"""

LATER = r"""
          V ahead[NE], fast = SPLAT(1e-30);
          I open = struck;
          S::rates(z, p, u, c, f);
          for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0)
            fast = S::most_(fast, S::abs_(f[j]) / (S::abs_(z[j]) + nominal[j]));
          V wait = LEADER(1e-6 / fast);
          for (int j = 0; j < N; ++j) y[j] = algebraic[j] == 0.0 ? z[j] + wait * f[j] : z[j];
          S::consistent(y, p, u, c, nominal, algebraic, ease, TOLERANCE, lead, &open);
          S::guards(y, p, u, c, ahead, asked);
          S::fired(z, p, u, c, lead, guard, asked, now, &open);
          for (int e = NE - 1; e >= 0; --e) {
            V pace = (ahead[e] - guard[e]) / wait;
            V own = (LEADER(guard[e]) - guard[e]) / pace;
            later = S::select_(now[e] & S::gt_(pace, SPLAT(0.0)), own, later);
          }
          for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0) z[j] = S::select_(struck, z[j] + later * f[j], z[j]);
"""
"""How much later than the first world each would cross, from how fast its guard rises; it is carried there."""

APPLY = r"""
      flips = S::select_(moved, SPLAT(0.0), flips);
      if (ANY(struck)) {
        I lost = ~ALL_TRUE, endless = ~ALL_TRUE;
        V count = events, later = SPLAT(0.0);
        if (lead) {
          LATER
        }
        S::happen(z, p, u, c, nominal, algebraic, ease, TOLERANCE, lead, struck, &lost, &endless, &events);
        if (lead) {
          I open = struck & ~lost;
          S::rates(z, p, u, c, f);
          for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0) z[j] = S::select_(struck, z[j] - later * f[j], z[j]);
          S::consistent(z, p, u, c, nominal, algebraic, ease, TOLERANCE, lead, &open);
          lost = lost | open;
        }
        flips = flips + (events - count);
        endless = endless | (struck & S::gt_(flips, SPLAT(1000.0)));
        status = S::select_(lost, SPLAT(3.0), S::select_(endless, SPLAT(4.0), status));
        failed = S::select_(lost | endless, TO_REAL(row) * sample_s + t, failed);
        alive = alive & ~(lost | endless);
        I here = struck & alive;
        FIRST_STEP
      }
""".replace("LATER", LATER)


def functions(events: Sequence[Event]) -> str:
    """The functions `fired` and `happen` for an island's events; nothing where there are none."""
    if not events:
        return ""
    targets = ", ".join(str(event.target) for event in events)
    return FUNCTIONS.replace("TARGETS", f"{{{targets}}}")
