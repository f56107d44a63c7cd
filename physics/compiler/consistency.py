"""C text that makes the algebraic unknowns agree with the rest: at the start, after inputs jump, after an event.

Newton, damped by the natural monotonicity test of Deuflhard (Newton Methods for Nonlinear Problems, 2004, section 3.3);
where that fails, eased in as if the nodes stored a little (Kelley & Keyes 1998, doi:10.1137/S0036142996304796).
"""

from collections.abc import Sequence

from physics.compiler.program import Program
from physics.compiler.system import System

HOLD_PER_S = 1e14
"""1 / (h gamma) that holds the differential unknowns still while the algebraic ones are solved for."""

SETTLE = r"""
FN settle(V *z, const V *p, const V *u, const V *c, const REAL *nominal, const REAL *algebraic, double tolerance,
          int lead, I *open_worlds) {
  V f[NZ], b[NZ], x[NZ], y[NZ], zn[NZ], L[NL];
  I todo = *open_worlds, stuck = ~ALL_TRUE;
  for (int turn = 0; turn < 60 && ANY(todo); ++turn) {
    factor(z, p, u, c, SPLAT(HOLD), SPLAT(0.0), f, L);
    for (int j = 0; j < N; ++j) b[j] = f[j] * algebraic[j];
    solve(L, b, x);
    V size = SPLAT(0.0), lambda = SPLAT(1.0);
    for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0) size = most_(size, abs_(x[j]) / (abs_(z[j]) + nominal[j]));
    if (lead) size = LEADER(size);
    I done = todo & le_(size, SPLAT(tolerance));
    for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0) z[j] = select_(done, z[j] + x[j], z[j]);
    todo = todo & ~done;
    I open = todo;
    for (int half = 0; half < 14 && ANY(open); ++half) {
      for (int j = 0; j < N; ++j) zn[j] = z[j] + (lambda * algebraic[j]) * x[j];
      rates(zn, p, u, c, b);
      for (int j = 0; j < N; ++j) b[j] = b[j] * algebraic[j];
      solve(L, b, y);
      V next = SPLAT(0.0);
      I sound = ALL_TRUE;
      for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0) {
        next = most_(next, abs_(y[j]) / (abs_(z[j]) + nominal[j]));
        sound = sound & eq_(y[j], y[j]);
      }
      if (lead) { next = LEADER(next); sound = LEADER_MASK(sound); }
      I near = le_(next, SPLAT(tolerance)) & sound;
      I good = open & sound & (le_(next, (1.0 - 0.5 * lambda) * size) | near);
      for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0)
        z[j] = select_(good, select_(near, zn[j] + y[j], zn[j]), z[j]);
      todo = todo & ~(good & near);
      open = open & ~good;
      lambda = select_(open, lambda * 0.5, lambda);
    }
    stuck = stuck | open;
    todo = todo & ~open;
  }
  *open_worlds = stuck | todo;
}
"""

RELAX = r"""
FN relax(V *z, const V *p, const V *u, const V *c, const REAL *nominal, const REAL *algebraic, const REAL *ease,
         int lead, I todo) {
  V f[NZ], b[NZ], x[NZ], L[NL], weight = SPLAT(1.0);
  for (int turn = 0; turn < 300 && ANY(todo); ++turn) {
    factor(z, p, u, c, SPLAT(HOLD), weight, f, L);
    for (int j = 0; j < N; ++j) b[j] = f[j] * algebraic[j];
    solve(L, b, x);
    V size = SPLAT(0.0), along = SPLAT(0.0);
    for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0) {
      size = most_(size, abs_(x[j]) / (abs_(z[j]) + nominal[j]));
      along = along + ease[j] * x[j] * f[j];
    }
    I good = todo & ge_(along, SPLAT(0.0));
    if (lead) { size = LEADER(size); good = todo & LEADER_MASK(good); }
    V scale = 1.0 / most_(size, SPLAT(1.0));
    for (int j = 0; j < N; ++j) if (algebraic[j] != 0.0) z[j] = select_(good, z[j] + scale * x[j], z[j]);
    todo = todo & ~(good & le_(size, SPLAT(1e-8)) & le_(weight, SPLAT(1e-3)));
    weight = select_(good, weight * select_(le_(size, SPLAT(0.2)), SPLAT(0.5), SPLAT(2.0)), weight * 4.0);
  }
}
"""

CONSISTENT = r"""
FN consistent(V *z, const V *p, const V *u, const V *c, const REAL *nominal, const REAL *algebraic,
              const REAL *ease, double tolerance, int lead, I *open_worlds) {
  V before[NZ];
  I lost = *open_worlds;
  for (int j = 0; j < N; ++j) before[j] = z[j];
  settle(z, p, u, c, nominal, algebraic, tolerance, lead, &lost);
  if (ANY(lost)) {
    for (int j = 0; j < N; ++j) z[j] = select_(lost, before[j], z[j]);
    relax(z, p, u, c, nominal, algebraic, ease, lead, lost);
    settle(z, p, u, c, nominal, algebraic, tolerance, lead, &lost);
  }
  *open_worlds = lost;
}
"""

NOTHING_TO_SOLVE = r"""
FN consistent(V *z, const V *p, const V *u, const V *c, const REAL *nominal, const REAL *algebraic,
              const REAL *ease, double tolerance, int lead, I *open_worlds) {
  *open_worlds = ~ALL_TRUE;
}
"""


def functions(algebraic: bool) -> str:
    """The function `consistent`, which leaves in `open_worlds` those for which no solution was found."""
    return SETTLE + RELAX + CONSISTENT if algebraic else NOTHING_TO_SOLVE


def tables(system: System, program: Program) -> str:
    """Constant arrays that these functions are handed: typical sizes, which rows have no rate, and their weights."""
    text = table("nominal", [u.nominal for u in system.unknowns]) + table("ease", program.ease)
    return text + table("algebraic", [0.0 if u.differential else 1.0 for u in system.unknowns])


def table(name: str, values: Sequence[float]) -> str:
    """A constant array of one number for each unknown."""
    return f"const REAL {name}[NZ] = {{{', '.join(repr(float(v)) for v in values)}}};\n"
