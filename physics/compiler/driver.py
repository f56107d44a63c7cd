"""The integrator's C text around an island's program: one call carries some worlds, a group at a time, to their end.

Each world lives in its own time. Where its inputs change it reads them, makes the algebraic unknowns consistent and
starts with a small step; from there it steps as its own error allows, past samples whose inputs do not change, and what
is seen at those is read off the curve between the ends of a step. A lane whose world wants new inputs, or is through
and makes room for the next, waits until as much was lost by waiting as it costs the group to see to it. Or the group's
first world alone decides for all.
"""

from __future__ import annotations

from physics.compiler import consistency, events, fixed, lanes, perceptron, stages
from physics.compiler.lanes import FLOAT64, Real
from physics.compiler.methods import Method, Rosenbrock, RungeKutta
from physics.compiler.program import Program
from physics.compiler.system import System

INFO_ROWS = ("status", "failed_at_s", "steps", "rejected", "loops", "events")
"""What the kernel reports per world."""

MOST_GROWTH = 1e11
"""An entry right of a pivot over the pivot, from which a step is not believed: five of sixteen digits are left then."""

STATUS_OK, STATUS_DIVERGED, STATUS_STEP_TOO_SMALL, STATUS_NO_START, STATUS_CHATTERING, STATUS_WEAK_PIVOT = range(6)

STORE = r"""
FN store(REAL *os, const V *o, I row, I seen, long W, I world) {
  bool whole = true;
  for (int l = 0; l < LANES; ++l)
    whole = whole && AT(seen, l) != 0 && AT(row, l) == AT(row, 0) && AT(world, l) == AT(world, 0) + l;
  if (whole) {
    REAL *to = os + AT(row, 0) * NS * W + AT(world, 0);
    for (int j = 0; j < NS; ++j) COPY(to + j * W, &o[j], sizeof(V));
  } else {
    for (int l = 0; l < LANES; ++l) if (AT(seen, l) != 0)
      for (int j = 0; j < NS; ++j) os[(AT(row, l) * NS + j) * W + AT(world, l)] = AT(o[j], l);
  }
}
"""

DECLARE = r"""
  REAL *zs = &Z.data[0], *ps = &P.data[0], *us = &U.data[0], *os = &OUT.data[0], *is = &INFO.data[0];
  const long W = worlds, end = (long)(group + groups) * LANES;
  long fresh = (long)group * LANES;
  V z[NZ], zn[NZ], y[NZ], f[NZ], b[NZ], k[STAGES][NZ], curve[3][NZ], p[NP], u[NU], c[NC], L[NL], o[NS];
  const V bad = SPLAT(NOT_A_NUMBER);
  V h = SPLAT(sample_s), t = SPLAT(0.0), streak = SPLAT(0.0), tries = SPLAT(0.0), failed = bad;
  V status = SPLAT(0.0), steps = SPLAT(0.0), rejected = SPLAT(0.0), loops = SPLAT(0.0), events = SPLAT(0.0);
  I row = SPLAT_LONG(0), until = SPLAT_LONG(0), next = SPLAT_LONG(0), world = SPLAT_LONG(-1);
  I alive = ~ALL_TRUE, open = ALL_TRUE;
  double lost_turns = 0.0;
  for (int j = 0; j < NL; ++j) L[j] = SPLAT(0.0);
  for (int j = 0; j < NC; ++j) c[j] = SPLAT(0.0);
  for (int j = 0; j < NZ; ++j) z[j] = f[j] = SPLAT(0.0);
"""

WAIT = r"""
  for (;;) {
    I act = alive & S::less_(row, until), here = alive & S::less_(row, SPLAT_LONG(count)), through = open & ~here;
    bool attend = !ANY(act);
    if (!attend && !lead && ANY(open & ~act)) {
      for (int l = 0; l < LANES; ++l)
        if (AT(act, l) == 0 && (AT(here, l) != 0 || (AT(open, l) != 0 && fresh < end))) lost_turns += 1.0;
      attend = lost_turns >= PATIENCE;
    }
    if (attend) {
      lost_turns = 0.0;
"""

TAKE_WORLDS = r"""
      if (ANY(through) && (lead || fresh >= end ? !ANY(here) : true)) {
        for (int j = 0; j < N; ++j) {
          I lost = alive & through & ~(S::eq_(z[j], z[j]) & S::le_(S::abs_(z[j]), SPLAT(BOUND)));
          status = S::select_(lost, SPLAT(1.0), status);
          failed = S::select_(lost, SPLAT(count * sample_s), failed);
          alive = alive & ~lost;
        }
        const V info[6] = {status, failed, steps, rejected, loops, events};
        for (int l = 0; l < LANES; ++l) if (AT(through, l) != 0) {
          const long own = AT(world, l);
          if (own >= 0) {
            for (long at = AT(next, l); at < count; ++at)
              for (int j = 0; j < NS; ++j) os[(at * NS + j) * W + own] = NOT_A_NUMBER;
            for (int j = 0; j < N; ++j) zs[j * W + own] = AT(z[j], l);
            for (int j = 0; j < 6; ++j) is[j * W + own] = AT(info[j], l);
          }
          if (fresh < end) {
            for (int j = 0; j < N; ++j) AT(z[j], l) = zs[j * W + fresh];
            for (int j = 0; j < NP; ++j) AT(p[j], l) = ps[j * W + fresh];
            AT(world, l) = fresh++;
          } else AT(open, l) = 0;
        }
        if (!ANY(open)) break;
        here = here | (through & open);
        alive = S::pick_(through, open, alive);
        h = S::select_(through, SPLAT(sample_s), h);
        failed = S::select_(through, bad, failed);
        V *begun[] = {&t, &streak, &tries, &status, &steps, &rejected, &loops, &events};
        for (int j = 0; j < 8; ++j) *begun[j] = S::select_(through, SPLAT(0.0), *begun[j]);
        I *first[] = {&row, &until, &next};
        for (int j = 0; j < 3; ++j) *first[j] = *first[j] & ~through;
        BEGUN
        S::once(p, c);
        ATTACH
      }
"""

READ_INPUTS = r"""
      here = here & ~S::less_(row, until);
      const long across = input_worlds == 1 ? 1 : W, down = NU * across;
      for (int l = 0; l < LANES; ++l) if (AT(here, l) != 0) {
        const REAL *own = us + AT(row, l) * down + (input_worlds == 1 ? 0 : AT(world, l)), *later_row = own;
        long end = AT(row, l) + 1;
        for (bool same = true; end < count; ++end) {
          later_row += down;
          for (int j = 0; j < NU; ++j) same = same && later_row[j * across] == own[j * across];
          if (!same) break;
        }
        AT(until, l) = end;
        for (int j = 0; j < NU; ++j) AT(u[j], l) = own[j * across];
      }
      S::on_change(p, u, c);
      I lost = here;
      S::consistent(z, p, u, c, nominal, algebraic, ease, TOLERANCE, lead, &lost);
"""

ARRIVE = r"""
      status = S::select_(lost, SPLAT(3.0), status);
      failed = S::select_(lost, TO_REAL(row) * sample_s, failed);
      alive = alive & ~lost;
      FIRST_STEP
      here = here & alive;
      S::observe(z, p, u, c, o);
      S::store(os, o, row, here, W, world);
      next = S::pick_(here, row + 1, next);
      tries = S::select_(here, SPLAT(0.0), tries);
      continue;
    }
"""

FIRST_STEP = r"""
      S::rates(z, p, u, c, b);
      V pace = SPLAT(1e-30);
      for (int j = 0; j < N; ++j) if (algebraic[j] == 0.0)
        pace = S::most_(pace, S::abs_(b[j]) / (S::abs_(z[j]) + nominal[j]));
      for (int j = 0; j < N; ++j) f[j] = S::select_(here, b[j], f[j]);
      V gentle = S::least_(S::most_(0.1 / pace, SPLAT(1e-9 * sample_s)), SPLAT(sample_s));
      h = S::select_(here, S::least_(h, gentle), h);
      if (lead) h = LEADER(h);
"""

STEP_OPEN = r"""
    {
      V rest = TO_REAL(until - row) * sample_s - t;
      V to_row = S::least_(sample_s - t, rest);
      h = S::least_(h, SPLAT(max_step_s));
      I again = ~ALL_TRUE;
      V goal = S::select_(S::lt_(h, 2.0 * to_row), to_row, rest);
      I onto = S::ge_(h, goal);
      V s = S::select_(onto, goal, S::select_(S::ge_(h + h, goal), 0.5 * goal, h));
      SHORTEN
      I last = onto & S::ge_(goal, rest);
      s = S::select_(act, s, SPLAT(1.0));
      V rate = 1.0 / s;
"""

FIXED_OPEN = r"""
    {
      V rest = TO_REAL(until - row) * sample_s - t, goal = S::least_(sample_s - t, rest);
      h = SPLAT(max_step_s);
      I onto = S::ge_(h * 1.000001, goal), again = ~ALL_TRUE;
      V s = S::select_(onto, goal, h);
      SHORTEN
      I last = onto & S::ge_(goal, rest);
      s = S::select_(act, s, SPLAT(1.0));
"""

JUDGE = r"""
      I sound = S::eq_(error, error) & S::le_(error, SPLAT(BOUND));
      if (lead) { error = LEADER(error); sound = LEADER_MASK(sound); }
      WATCH
      V factor = 0.9 / ROOT(S::most_(error, SPLAT(1e-8)));
      factor = S::select_(sound, S::least_(S::most_(factor, SPLAT(0.1)), SPLAT(6.0)), SPLAT(0.1));
      I accepted = act & sound & S::le_(error, SPLAT(1.0));
"""

WATCH = r"""
      V worst;
      S::growth(L, nominal, &worst);
      I weak = S::gt_(worst, SPLAT(MOST_GROWTH));
      if (lead) weak = LEADER_MASK(weak);
      sound = sound & ~weak;
"""

SEE_ROWS = r"""
      I refused = act & ~accepted & ~again;
      V ahead = t + s;
      I target_row = row + TO_LONG(S::least_(ahead / sample_s, TO_REAL(until - row)));
      target_row = S::pick_(onto & ~last, row + 1, S::pick_(S::less_(target_row, until), target_row, until - 1));
      I seen = accepted & S::less_(row, target_row);
      if (ANY(seen)) {
        CURVE
        for (I at = row + 1; ANY(seen); at = at + 1) {
          V share = S::least_((TO_REAL(at - row) * sample_s - t) / s, SPLAT(1.0));
          S::between(z, zn, curve, share, y);
          S::observe(y, p, u, c, o);
          S::store(os, o, at, seen, W, world);
          seen = seen & S::less_(at, target_row);
        }
      }
      I moved = accepted & (S::less_(row, target_row) | last);
      target_row = S::pick_(last, until, target_row);
      t = S::select_(accepted, S::select_(onto, SPLAT(0.0),
                                          S::most_(ahead - TO_REAL(target_row - row) * sample_s, SPLAT(0.0))), t);
      row = S::pick_(accepted, target_row, row);
      next = S::pick_(accepted & ~last, target_row + 1, S::pick_(accepted, target_row, next));
      for (int j = 0; j < N; ++j) z[j] = S::select_(accepted, zn[j], z[j]);
"""

ADAPT = r"""
      V wish = s * S::select_(S::gt_(streak, SPLAT(0.0)), S::least_(factor, SPLAT(1.0)), factor);
      h = S::select_(act & ~again, S::select_(accepted & S::lt_(s, h), S::most_(h, wish), wish), h);
      steps = steps + S::select_(accepted, SPLAT(1.0), SPLAT(0.0));
      rejected = rejected + S::select_(refused, SPLAT(1.0), SPLAT(0.0));
      loops = loops + 1.0;
      tries = S::select_(moved, SPLAT(0.0), tries + 1.0);
      I tiny = act & ((refused & S::lt_(s, SPLAT(SMALLEST * sample_s))) | S::gt_(tries, SPLAT(most_tries)));
      status = S::select_(tiny, S::select_(sound, SPLAT(2.0), SPLAT(1.0)), status);
      WEAK
      failed = S::select_(tiny, TO_REAL(row) * sample_s + t, failed);
      alive = alive & ~tiny;
      streak = S::select_(refused, streak + 1.0, SPLAT(0.0));
"""
"""After a refused step none grows (Hairer & Wanner 1996, section IV.8): 2 % fewer tries on the stiff island."""

FIXED_ADAPT = r"""
      steps = steps + S::select_(accepted, SPLAT(1.0), SPLAT(0.0));
      loops = loops + 1.0;
      I tiny = act & ~sound;
      status = S::select_(tiny, SPLAT(1.0), status);
      failed = S::select_(tiny, TO_REAL(row) * sample_s + t, failed);
      alive = alive & ~tiny;
"""

WEAK = "status = S::select_(tiny & weak, SPLAT(5.0), status);"

RESETTLE = r"""
      again = act & alive & S::ge_(streak, SPLAT(4.0));
      if (ANY(again)) {
        I lost = again;
        for (int j = 0; j < N; ++j) y[j] = z[j];
        S::settle(y, p, u, c, nominal, algebraic, TOLERANCE, lead, &lost);
        for (int j = 0; j < N; ++j) z[j] = S::select_(again & ~lost, y[j], z[j]);
        streak = S::select_(again, SPLAT(0.0), streak);
      }
"""

FINISH = r"""
    }
  }
"""

PATIENCE = {False: 1.0, True: 64.0}
"""Turns that lanes lose by waiting before they are seen to, without and with algebraic unknowns. Arriving costs little
where nothing must be settled; where it must, all lanes do it at once as long as they arrive about together."""


def _root(order: int) -> str:
    """error^(1/order): exact roots where the order allows, by logarithm otherwise."""
    return "S::sqrt_(S::sqrt_(x))" if order == 4 else f"S::exp_(S::log_(x) * {1.0 / order!r})"


def _body(system: System, method: Method) -> str:
    """The walk of a group through its samples."""
    happens = bool(system.events)
    if isinstance(method, RungeKutta) and method.fixed and not happens:
        return fixed.walk(method)

    def where(wanted: bool, piece: str) -> str:
        return piece if wanted else ""

    text = DECLARE + where(happens, events.DECLARE) + WAIT + TAKE_WORLDS + READ_INPUTS
    text += where(happens, events.AT_A_SAMPLE) + ARRIVE
    text = text.replace("BEGUN", where(happens, events.BEGUN)).replace("ATTACH", perceptron.ATTACH)
    text += (FIXED_OPEN if method.fixed else STEP_OPEN) + stages.step(method) + JUDGE + where(happens, events.LOCATE)
    text += SEE_ROWS + (FIXED_ADAPT if method.fixed else ADAPT)
    if not method.implicit and not method.fixed:
        text += f"{stages.EACH}f[j] = S::select_(accepted, k[{method.stages - 1}][j], f[j]);\n"
    text += where(bool(system.algebraic), RESETTLE) + where(happens, events.APPLY) + FINISH
    text = text.replace("WATCH", where(method.implicit, WATCH)).replace("WEAK", where(method.implicit, WEAK))
    text = text.replace("SHORTEN", where(happens, events.SHORTEN)).replace("FIRST_STEP", FIRST_STEP)
    return text.replace("CURVE", stages.curve(method))


def snippet(system: System, program: Program, method: Method, *, in_lanes: bool = True, real: Real = FLOAT64) -> str:
    """Body of the native function that integrates worlds, a group (all in lanes, or one) at a time."""
    n = len(system.unknowns)
    macros: dict[str, int | str] = {
        "N": n, "NZ": max(1, n), "NP": max(1, len(system.parameters)), "NU": max(1, len(system.inputs)),
        "NS": max(1, len(system.outputs)), "NC": program.held + perceptron.ADDRESSES, "NL": max(1, program.slots),
        "NE": len(system.events), "STAGES": method.stages, "STRICTNESS": repr(method.strictness),
        "HOLD": repr(consistency.HOLD_PER_S), "MOST_GROWTH": repr(MOST_GROWTH), "ROOT(x)": f"({_root(method.order)})",
        "TOLERANCE": "((lead ? 1e-6 : 1e-3) * rtol)", "BOUND": repr(real.bound), "SMALLEST": repr(real.smallest),
        "FUZZ": repr(real.fuzz), "PATIENCE": repr(PATIENCE[bool(system.algebraic)]),
    }  # fmt: skip
    macros |= {"GAMMA": repr(method.gamma)} if isinstance(method, Rosenbrock) else {}
    defines = "".join(f"#define {key} {value}\n" for key, value in macros.items())
    own = [
        program.functions,
        consistency.functions(bool(system.algebraic)),
        events.functions(system.events),
        stages.BETWEEN,
        STORE,
    ]
    struct = f"struct S {{\n{lanes.functions(in_lanes, real)}\n" + "\n".join(own) + "\n};\n"
    tables = consistency.table("nominal", [u.nominal for u in system.unknowns])
    tables += consistency.table("origin", [u.origin for u in system.unknowns])
    tables += consistency.table("swing", [u.swing or u.nominal for u in system.unknowns])
    tables += consistency.table("ease", program.ease)
    tables += consistency.table("algebraic", [0.0 if u.differential else 1.0 for u in system.unknowns])
    undefine = "".join(f"#undef {key.partition('(')[0]}\n" for key in macros)
    text = lanes.prelude(in_lanes, real) + defines + struct + tables + _body(system, method)
    return text + "\n" + undefine + lanes.PREVENT_LEAKS
