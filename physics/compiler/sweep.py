"""C text of a rollout and its way back: fixed explicit steps forward, every stage's point kept, then the exact adjoint.

Equations  Y_i = z + h Σ_j a_ij k_j,  k_i = g(Y_i),  z' = z + h Σ_i b_i k_i
           back: κ_i = h (b_i λ + Σ_j a_ji μ_j),  μ_i = κ_i ∂g/∂z(Y_i),  λ <- λ + Σ_i μ_i,  p̅ += κ_i ∂g/∂p(Y_i)
Symbols    λ cotangent of the state, p̅ of a parameter; at each sample λ takes up what the outputs owe to the state
Source     Hager (2000), doi:10.1007/s002110000178: the adjoint of a Runge-Kutta step
Weights    each evaluation leaves inputs and cotangents of every layer on a trail; some evaluations later their products
           are summed over evaluations and worlds at once, as one product of matrices
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from physics.compiler import consistency, implicit_sweep, lanes, perceptron, way_back
from physics.compiler.adjoint import Pull, pullback, reads
from physics.compiler.lanes import Real
from physics.compiler.methods import RungeKutta
from physics.compiler.program import Program, write
from physics.compiler.system import System

TRAIL_BYTES = 1 << 18
"""What evaluations leave behind before it is summed: half of a core's second cache."""

BACK, SEEN = "back", "seen"

HALF = "INLINE REAL sum_(V v) { auto a = v.lo + v.hi; auto b = a.lo + a.hi; "
SUM = {
    8: HALF + "return b[0] + b[1]; }",
    16: HALF + "auto d = b.lo + b.hi; return d[0] + d[1]; }",
}
"""A sum over lanes, by halves."""

GATHER = r"""
INLINE void gather_(const V *trail, const int count, const int at, const int in, const int out, REAL *g) {
  for (int i = 0; i < out; ++i) {
    V a = SPLAT(0.0);
    for (int k = 0; k < count; ++k) a = a + trail[k * TRAIL + at + in + i];
    g[i] += sum_(a);
  }
  for (int j = 0; j < in; j += 2) for (int i = 0; i < out; i += 3) {
    const bool w = j + 1 < in, v = i + 1 < out, u = i + 2 < out;
    const V *x = trail + at + j, *d = trail + at + in + i;
    const long right = w ? 1 : 0, one = v ? 1 : 0, two = u ? 2 : 0;
    V a = SPLAT(0.0), b = a, c = a, e = a, f = a, h = a;
    for (int k = 0; k < count; ++k, x += TRAIL, d += TRAIL) {
      const V x0 = x[0], x1 = x[right], d0 = d[0], d1 = d[one], d2 = d[two];
      a = a + x0 * d0; b = b + x0 * d1; c = c + x0 * d2;
      e = e + x1 * d0; f = f + x1 * d1; h = h + x1 * d2;
    }
    REAL *to = g + out + j * out + i;
    to[0] += sum_(a);
    if (v) to[1] += sum_(b);
    if (u) to[2] += sum_(c);
    if (w) to[out] += sum_(e);
    if (w && v) to[out + 1] += sum_(f);
    if (w && u) to[out + 2] += sum_(h);
  }
}
"""

WALK = (
    way_back.BEGIN
    + r"""
  const REAL s = step_s;
  V k[STAGES][NZ];
  for (long row = 0; row + 1 < count; ++row) {
    READ
    for (long step = 0; step < each; ++step) {
      V *at = path + (row * each + step) * STAGES * NZ;
FORWARD
    }
  }
  for (int j = 0; j < N; ++j) path[steps * STAGES * NZ + j] = z[j];
  for (long row = count - 1; row >= 0; --row) {
    READ
    for (long step = row + 1 < count ? each - 1 : -1; step >= 0; --step) {
      const V *at = path + (row * each + step) * STAGES * NZ;
BACKWARD
      for (int j = 0; j < N; ++j) lam[j] = lam[j] + SUM;
    }
"""
    + way_back.LOOKED
    + "  }"
    + way_back.END
)

READ = r"""
    {
      I moved = row == 0 || row + 1 == count ? ALL_TRUE : ~ALL_TRUE;
      for (int j = 0; j < NU; ++j) {
        V held = u[j];
        const REAL *from = us + (row * NU + j) * across + (input_worlds == 1 ? 0 : first);
        if (input_worlds == 1) u[j] = SPLAT(*from); else COPY(&u[j], from, sizeof(V));
        moved = moved | S::ne_(u[j], held);
      }
      if (ANY(moved)) S::on_change(p, u, c);
    }
"""

STAGE_BACK = (
    r"""
      for (int j = 0; j < N; ++j) { zz[j] = at[STAGE * NZ + j]; zz[N + j] = s * (KAPPA); }
"""
    + way_back.PULLED
    + "      for (int j = 0; j < N; ++j) k[STAGE][j] = f[j];\n"
)


def snippet(system: System, free: Sequence[int], method: RungeKutta | None, real: Real) -> str:
    """Body of the native function that carries one group forth and back.

    Args:
        system: An island without events; without algebraic unknowns where the method is explicit.
        free: Indices of the parameters whose slopes are asked for.
        method: A fixed-step method, None for the implicit one of `implicit_sweep`.
        real: The numbers.
    Raises: Unsuited, where the program cannot be read backwards.
    """
    n, tape = len(system.unknowns), system.tape
    wanted = [f"z{i}" for i in range(n)] + [f"p{k}" for k in free]
    back, pulls = pullback(tape, _given([row.name for row in system.rows], n), wanted)
    seen, views = pullback(tape, _given(system.outputs, n), wanted)
    backward = {BACK: [back[name] for name in wanted], SEEN: [seen[name] for name in wanted]}
    program = write(system, implicit=method is None, real=real, backward=backward)
    trail = max(reads(pulls), reads(views))
    trails = max(1, TRAIL_BYTES // (max(1, trail) * real.lanes * (8 if real.c_type == "double" else 4)))
    macros = {
        "N": n, "NZ": max(1, n), "NZZ": n + max(n, len(system.outputs)) + 1, "NP": max(1, len(system.parameters)),
        "NU": max(1, len(system.inputs)), "NS": max(1, len(system.outputs)), "NF": n + len(free) + 1,
        "FREE": len(free), "NC": program.held + perceptron.ADDRESSES, "TRAIL": trail, "TRAILS": trails,
        "STAGES": implicit_sweep.STAGES if method is None else method.stages, "NL": max(1, program.slots),
        "HOLD": repr(consistency.HOLD_PER_S), "GAMMA": repr(implicit_sweep.GAMMA),
    }  # fmt: skip
    defines = "".join(f"#define {key} {value}\n" for key, value in macros.items())
    undefine = "".join(f"#undef {key}\n" for key in macros)
    solving = "" if method is not None else consistency.functions(bool(system.algebraic)) + implicit_sweep.NEWTON
    tables = "" if method is not None else consistency.tables(system, program)
    walk = _told(implicit_sweep.walk(READ) if method is None else _walk(method), views)
    body = lanes.prelude(True, real) + defines + _struct(system, program, solving, pulls, views, real) + tables + walk
    return body + "\n" + undefine + lanes.PREVENT_LEAKS


def _given(values: Sequence[str], n: int) -> list[tuple[str, str]]:
    """Results, each with its cotangent, which stands behind the unknowns."""
    return [(value, f"z{n + k}") for k, value in enumerate(values)]


def _struct(
    system: System, program: Program, solving: str, pulls: Sequence[Pull], views: Sequence[Pull], real: Real
) -> str:
    text = f"struct S {{\n{lanes.functions(True, real)}\n{SUM[real.lanes]}\n{program.functions}\n{solving}\n{GATHER}"
    text += _flush("flush", pulls, system) + _flush("flush_seen", views, system)
    return text + "};\n"


def _flush(name: str, pulls: Sequence[Pull], system: System) -> str:
    """Sums what the trail holds into the slopes by the weights; each table has a stretch of its own."""
    starts, at = {}, 0
    for row, count in system.tables:
        starts[f"p{row}"] = at
        at += count
    text = f"FN {name}(const V *room, int count, REAL *own) {{\n"
    for pull in pulls:
        offset = pull.offset
        for start, (inner, outer) in zip(pull.shape.starts, pairwise(pull.shape.sizes), strict=True):
            text += f"  gather_(room, count, {offset}, {inner}, {outer}, own + {starts[pull.place] + start});\n"
            offset += inner + outer
    return text + "}\n"


def _walk(method: RungeKutta) -> str:
    forward = ""
    for i in range(method.stages):
        terms = "+".join(f"{a!r}*k[{j}][j]" for j, a in enumerate(method.a[i]) if a)
        step = f" + s * ({terms})" if terms else ""
        forward += f"      for (int j = 0; j < N; ++j) at[{i} * NZ + j] = z[j]{step};\n"
        forward += f"      S::rates(at + {i} * NZ, p, u, c, k[{i}]);\n"
    rise = "+".join(f"{b!r}*k[{i}][j]" for i, b in enumerate(method.b) if b)
    forward += f"      for (int j = 0; j < N; ++j) z[j] = z[j] + s * ({rise});\n"
    backward = ""
    for i in reversed(range(method.stages)):
        kappa = [f"{method.b[i]!r}*lam[j]"] if method.b[i] else []
        kappa += [f"{row[i]!r}*k[{m}][j]" for m, row in enumerate(method.a) if m > i and len(row) > i and row[i]]
        backward += STAGE_BACK.replace("STAGE", str(i)).replace("KAPPA", "+".join(kappa) or "SPLAT(0.0)")
    text = WALK.replace("READ", READ).replace("FORWARD", forward).replace("BACKWARD", backward)
    return text.replace("SUM", "+".join(f"k[{i}][j]" for i in range(method.stages)))


def _told(text: str, views: Sequence[Pull]) -> str:
    """The walk, telling pulls where to leave their trail."""
    text = text.replace("SEEN_FLUSH", "S::flush_seen(room + left * TRAIL, 1, own);" if views else "")
    tell = f"COPY(&c[NC - {perceptron.ADDRESSES - perceptron.ADDRESS}], &trail, sizeof(trail));"
    text = text.replace("TELL(SEEN_TRAIL)", f"trail = room + left * TRAIL; {tell}" if views else "")
    return text.replace("TELL(room + left * TRAIL)", f"trail = room + left * TRAIL; {tell}")
