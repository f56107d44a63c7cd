"""The integrator's C text around an island's program: one call carries one group of worlds through a whole rollout.

Per sample: read the inputs; where they changed make the algebraic unknowns consistent (Newton, damped by the natural
monotonicity test of Deuflhard, Newton Methods for Nonlinear Problems, 2004, section 3.3; where that fails, eased in as
if the nodes stored a little, Kelley & Keyes 1998, doi:10.1137/S0036142996304796); write the outputs; integrate to the
next sample with steps that the embedded error chooses, world by world, or by the group's first world alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from physics.compiler import lanes
from physics.compiler.methods import Rosenbrock
from physics.compiler.program import Program
from physics.compiler.system import System

ARGUMENTS = (
    "Z",
    "P",
    "U",
    "OUT",
    "INFO",
    "count",
    "worlds",
    "input_worlds",
    "sample_s",
    "rtol",
    "max_step_s",
    "lead",
    "group",
)
"""Names of the kernel's arguments, in order."""

INFO_ROWS = ("status", "failed_at_s", "steps", "rejected", "loops")
"""What the kernel reports per world."""

HOLD_PER_S = 1e14
"""1 / (h gamma) that holds the differential unknowns still while the algebraic ones are solved for."""

STATUS_OK, STATUS_DIVERGED, STATUS_STEP_TOO_SMALL, STATUS_NO_START = 0.0, 1.0, 2.0, 3.0

DECLARE = r"""
  double *zs = &Z.data[0], *ps = &P.data[0], *us = &U.data[0], *os = &OUT.data[0], *is = &INFO.data[0];
  const long W = worlds, first = (long)group * LANES;
  V z[NZ], zn[NZ], y[NZ], f[NZ], b[NZ], x[NZ], k[STAGES][NZ], p[NP], u[NU], c[NC], L[NL], o[NS];
  const V bad = SPLAT(NOT_A_NUMBER);
  V h = SPLAT(sample_s), failed = bad;
  V status = SPLAT(0.0), steps = SPLAT(0.0), rejected = SPLAT(0.0), loops = SPLAT(0.0);
  I alive = ALL_TRUE;
  for (int j = 0; j < N; ++j) COPY(&z[j], zs + j * W + first, sizeof(V));
  for (int j = 0; j < NP; ++j) COPY(&p[j], ps + j * W + first, sizeof(V));
  for (int j = 0; j < NL; ++j) L[j] = SPLAT(0.0);
  for (int j = 0; j < NC; ++j) c[j] = SPLAT(0.0);
  for (int j = 0; j < NU; ++j) u[j] = bad;
  S::once(p, c);
"""

READ_INPUTS = r"""
  for (long row = 0; row < count; ++row) {
    I changed = row == 0 ? ALL_TRUE : ~ALL_TRUE;
    for (int j = 0; j < NU; ++j) {
      V v;
      if (input_worlds == 1) v = SPLAT(us[row * NU + j]);
      else COPY(&v, us + (row * NU + j) * W + first, sizeof(V));
      changed = changed | S::ne_(v, u[j]);
      u[j] = v;
    }
    if (ANY(changed & alive)) {
      S::on_change(p, u, c);
"""

SETTLE = r"""
FN settle(V *z, const V *p, const V *u, const V *c, const double *nominal, const double *algebraic, double tolerance,
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
FN relax(V *z, const V *p, const V *u, const V *c, const double *nominal, const double *algebraic, const double *ease,
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

START = r"""
      I lost = changed & alive;
      for (int j = 0; j < N; ++j) y[j] = z[j];
      S::settle(z, p, u, c, nominal, algebraic, (lead ? 1e-6 : 1e-3) * rtol, lead, &lost);
      if (ANY(lost)) {
        for (int j = 0; j < N; ++j) z[j] = S::select_(lost, y[j], z[j]);
        S::relax(z, p, u, c, nominal, algebraic, ease, lead, lost);
        S::settle(z, p, u, c, nominal, algebraic, (lead ? 1e-6 : 1e-3) * rtol, lead, &lost);
      }
      status = S::select_(lost, SPLAT(3.0), status);
      failed = S::select_(lost, SPLAT(row * sample_s), failed);
      alive = alive & ~lost;
"""

FIRST_STEP = r"""
      S::rates(z, p, u, c, f);
      V pace = SPLAT(1e-30);
      for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0)
        pace = S::most_(pace, S::abs_(f[j]) / (S::abs_(z[j]) + nominal[j]));
      V gentle = S::least_(S::most_(0.1 / pace, SPLAT(1e-9 * sample_s)), SPLAT(sample_s));
      h = S::select_(changed, S::least_(h, gentle), h);
      if (lead) h = LEADER(h);
"""

OBSERVE = r"""
    }
    S::observe(z, p, u, c, o);
    for (int j = 0; j < NS; ++j) {
      V seen = S::select_(alive, o[j], bad);
      COPY(os + (row * NS + j) * W + first, &seen, sizeof(V));
    }
"""

STEP_OPEN = r"""
    V t = SPLAT(0.0), streak = SPLAT(0.0);
    I act = alive;
    for (long turn = 0; ANY(act); ++turn) {
      V rest = sample_s - t;
      h = S::least_(h, SPLAT(max_step_s));
      I last = S::ge_(h, rest);
      V s = S::select_(last, rest, S::select_(S::ge_(h + h, rest), 0.5 * rest, h));
      s = S::select_(act, s, SPLAT(1.0));
      V rate = 1.0 / s;
      S::factor(z, p, u, c, rate * (1.0 / GAMMA), SPLAT(0.0), f, L);
"""

STEP_CLOSE = r"""
      I sound = S::eq_(error, error) & S::le_(error, SPLAT(1e100));
      if (lead) { error = LEADER(error); sound = LEADER_MASK(sound); }
      V factor = 0.9 / ROOT(S::most_(error, SPLAT(1e-8)));
      factor = S::select_(sound, S::least_(S::most_(factor, SPLAT(0.1)), SPLAT(6.0)), SPLAT(0.1));
      I accepted = act & sound & S::le_(error, SPLAT(1.0));
      I refused = act & ~accepted;
      for (int j = 0; j < N; ++j) z[j] = S::select_(accepted, zn[j], z[j]);
      t = S::select_(accepted, S::select_(last, SPLAT(sample_s), t + s), t);
      V wish = s * factor;
      h = S::select_(act, S::select_(accepted & S::lt_(s, h), S::most_(h, wish), wish), h);
      steps = steps + S::select_(accepted, SPLAT(1.0), SPLAT(0.0));
      rejected = rejected + S::select_(refused, SPLAT(1.0), SPLAT(0.0));
      loops = loops + 1.0;
      I tiny = refused & (S::lt_(s, SPLAT(1e-14 * sample_s)) | (turn > 200000 ? ALL_TRUE : ~ALL_TRUE));
      status = S::select_(tiny, S::select_(sound, SPLAT(2.0), SPLAT(1.0)), status);
      failed = S::select_(tiny, row * sample_s + t, failed);
      alive = alive & ~tiny;
      streak = S::select_(refused, streak + 1.0, SPLAT(0.0));
      RESETTLE
      act = alive & S::lt_(t, SPLAT(sample_s));
    }
  }
"""

RESETTLE = r"""
      I again = act & alive & S::ge_(streak, SPLAT(4.0));
      if (ANY(again)) {
        I lost = again;
        for (int j = 0; j < N; ++j) y[j] = z[j];
        S::settle(y, p, u, c, nominal, algebraic, (lead ? 1e-6 : 1e-3) * rtol, lead, &lost);
        for (int j = 0; j < N; ++j) z[j] = S::select_(again & ~lost, y[j], z[j]);
        streak = S::select_(again, SPLAT(0.0), streak);
      }
"""

FINISH = r"""
  for (int j = 0; j < N; ++j) {
    I lost = alive & ~(S::eq_(z[j], z[j]) & S::le_(S::abs_(z[j]), SPLAT(1e200)));
    status = S::select_(lost, SPLAT(1.0), status);
    failed = S::select_(lost, SPLAT(count * sample_s), failed);
    alive = alive & ~lost;
  }
  for (int j = 0; j < N; ++j) COPY(zs + j * W + first, &z[j], sizeof(V));
  V info[5] = {status, failed, steps, rejected, loops};
  for (int j = 0; j < 5; ++j) COPY(is + j * W + first, &info[j], sizeof(V));
"""


def _combination(base: str, coefficients: Sequence[float]) -> str:
    terms = [f"{a!r}*k[{i}][j]" for i, a in enumerate(coefficients) if a]
    return "+".join([base, *terms] if base else terms)


def _stages(method: Rosenbrock) -> str:
    """The stages after factorisation: `k[i]`, the new point `zn` and the scaled error."""
    text = ["S::solve(L, f, k[0]);"]
    for i in range(1, method.stages):
        if any(method.a[i]):
            text.append(f"for (int j = 0; j < N; ++j) y[j] = {_combination('z[j]', method.a[i])};")
            text.append("S::rates(y, p, u, c, b);")
        else:
            text.append("for (int j = 0; j < N; ++j) b[j] = f[j];")
        mixed = _combination("", method.c[i])
        text.append(f"for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0) b[j] = b[j] + rate * ({mixed});")
        text.append(f"S::solve(L, b, k[{i}]);")
    text.append(f"for (int j = 0; j < N; ++j) zn[j] = {_combination('z[j]', method.b)};")
    text.append("V error = SPLAT(0.0);")
    text.append("for (int j = 0; j < N; ++j) {")
    text.append("  V scale = rtol * (S::most_(S::abs_(z[j]), S::abs_(zn[j])) + nominal[j]);")
    text.append(f"  V gap = S::abs_({_combination('', method.e)}) / scale;")
    text.append("  error = S::select_(S::eq_(gap, gap), S::most_(error, gap), gap);")
    text.append("  error = S::select_(S::eq_(zn[j], zn[j]), error, bad);")
    text.append("}")
    return "\n".join("      " + line for line in text)


def _root(order: int) -> str:
    """error^(1/order): exact roots where the order allows, a cube root by logarithm otherwise."""
    return "S::sqrt_(S::sqrt_(x))" if order == 4 else f"S::exp_(S::log_(x) * {1.0 / order!r})"


def _table(name: str, values: Sequence[float]) -> str:
    return f"const double {name}[NZ] = {{{', '.join(repr(float(v)) for v in values)}}};\n"


def snippet(system: System, program: Program, method: Rosenbrock, *, in_lanes: bool = True) -> str:
    """Body of the native function that integrates one group of worlds (eight in lanes, or one)."""
    n = len(system.unknowns)
    sizes = {
        "N": n, "NZ": max(1, n), "NP": max(1, len(system.parameters)), "NU": max(1, len(system.inputs)),
        "NS": max(1, len(system.outputs)), "NC": max(1, program.held), "NL": max(1, program.slots),
        "STAGES": method.stages,
    }  # fmt: skip
    defines = "".join(f"#define {key} {value}\n" for key, value in sizes.items())
    defines += f"#define HOLD {HOLD_PER_S!r}\n#define GAMMA {method.gamma!r}\n#define ROOT(x) ({_root(method.order)})\n"
    solvers = SETTLE + RELAX if system.algebraic else ""
    struct = f"struct S {{\n{lanes.functions(in_lanes)}\n{program.functions}\n{solvers}\n}};\n"
    tables = _table("nominal", [u.nominal for u in system.unknowns])
    tables += _table("ease", program.ease)
    tables += _table("algebraic", [0.0 if u.differential else 1.0 for u in system.unknowns])
    start, close = (
        (START, STEP_CLOSE.replace("RESETTLE", RESETTLE))
        if system.algebraic
        else ("", STEP_CLOSE.replace("RESETTLE", ""))
    )
    body = DECLARE + READ_INPUTS + start + FIRST_STEP + OBSERVE + STEP_OPEN + _stages(method) + close + FINISH
    undefine = "".join(f"#undef {key}\n" for key in [*sizes, "HOLD", "GAMMA", "ROOT"])
    return lanes.prelude(in_lanes) + defines + struct + tables + body + "\n" + undefine + lanes.PREVENT_LEAKS
