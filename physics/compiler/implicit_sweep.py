"""C text of a stiff rollout and its way back: two implicit stages a step, algebraic unknowns along, exact adjoint.

Equations  w M (Y1 - z) = g(Y1),  w M (Y2 - z - r (Y1 - z)) = g(Y2),  z' = Y2,  w = 1 / (h γ),  r = (1 - γ) / γ
           back: A2ᵀ μ2 = λ,  A1ᵀ μ1 = r w M μ2,  λ <- (1 - r) w M μ2 + w M μ1,  p̅ += μ1 ∂g/∂p(Y1) + μ2 ∂g/∂p(Y2)
           at each sample the rows 0 = g_a set the algebraic unknowns: -J_aaᵀ μ = λ_a,  λ_d += μ ∂g_a/∂z_d, p̅ likewise
Symbols    M one for unknowns with a rate, zero for the others; A = w M - J at a stage; γ = 1 - 1/√2; λ, p̅ cotangents
Source     method: Alexander (1977), doi:10.1137/0714068, L-stable, stiffly accurate, order 2; adjoint by the implicit
           function theorem at each stage: no second derivatives of the laws are needed
Valid      64 bits, no events. A step whose Newton iteration does not end makes its world's slopes not a number
"""

from __future__ import annotations

from physics.compiler import way_back

GAMMA = 1.0 - 0.5**0.5
STAGES = 3
"""Points kept of each step: its start and both stages."""

TURNS, TOLERANCE, BELIEVED = 30, 1e-10, 1e-6
"""Of Newton's iteration: most turns, the relative change that ends it, and the one up to which it is believed."""

NEWTON = (
    r"""
FN newton(V *y, const V *s, const V *p, const V *u, const V *c, V w, const REAL *nominal, const REAL *algebraic) {
  V f[NZ], b[NZ], x[NZ], L[NL], last = SPLAT(1.0);
  I todo = ALL_TRUE;
  for (int turn = 0; turn < TURNS && ANY(todo); ++turn) {
    factor(y, p, u, c, w, SPLAT(0.0), f, L);
    for (int j = 0; j < N; ++j) b[j] = algebraic[j] == 0.0 ? f[j] - w * (y[j] - s[j]) : f[j];
    solve(L, b, x);
    V size = SPLAT(0.0);
    for (int j = 0; j < N; ++j) size = most_(size, abs_(x[j]) / (abs_(y[j]) + nominal[j]));
    V share = 1.0 / most_(size, SPLAT(1.0));
    for (int j = 0; j < N; ++j) y[j] = select_(todo, y[j] + share * x[j], y[j]);
    last = select_(todo, size, last);
    todo = todo & ~le_(size, SPLAT(TOLERANCE));
  }
  for (int j = 0; j < N; ++j) y[j] = select_(le_(last, SPLAT(BELIEVED)), y[j], SPLAT(NOT_A_NUMBER));
}
""".replace("TURNS", str(TURNS))
    .replace("TOLERANCE", repr(TOLERANCE))
    .replace("BELIEVED", repr(BELIEVED))
)

WALK = (
    way_back.BEGIN
    + r"""
  const double ratio = (1.0 - GAMMA) / GAMMA;
  const V w = SPLAT(1.0 / (GAMMA * step_s));
  V y[NZ], b[NZ], x[NZ], g[NZ], mu[NZ], L[NL];
  for (long row = 0; row < count; ++row) {
    FORTH
    for (int j = 0; j < N; ++j) path[row * each * STAGES * NZ + j] = z[j];
    for (long step = 0; step < each && row + 1 < count; ++step) {
      V *at = path + (row * each + step) * STAGES * NZ;
      for (int j = 0; j < N; ++j) at[j] = y[j] = z[j];
      S::newton(y, z, p, u, c, w, nominal, algebraic);
      for (int j = 0; j < N; ++j) { at[NZ + j] = y[j]; b[j] = z[j] + ratio * (y[j] - z[j]); }
      S::newton(y, b, p, u, c, w, nominal, algebraic);
      for (int j = 0; j < N; ++j) at[2 * NZ + j] = z[j] = y[j];
    }
  }
  for (long row = count - 1; row >= 0; --row) {
    READ
    for (long step = row + 1 < count ? each - 1 : -1; step >= 0; --step) {
      const V *at = path + (row * each + step) * STAGES * NZ;
      S::factor(at + 2 * NZ, p, u, c, w, SPLAT(0.0), g, L);
      S::solve_transposed(L, lam, mu);
      PULL(at + 2 * NZ)
      for (int j = 0; j < N; ++j) { b[j] = (1.0 - algebraic[j]) * w * mu[j]; x[j] = ratio * b[j]; }
      S::factor(at + NZ, p, u, c, w, SPLAT(0.0), g, L);
      S::solve_transposed(L, x, mu);
      PULL(at + NZ)
      for (int j = 0; j < N; ++j) lam[j] = (1.0 - ratio) * b[j] + (1.0 - algebraic[j]) * w * mu[j];
    }
"""
    + way_back.LOOKED
    + r"""
    S::factor(here, p, u, c, SPLAT(HOLD), SPLAT(0.0), g, L);
    for (int j = 0; j < N; ++j) x[j] = algebraic[j] * lam[j];
    S::solve_transposed(L, x, mu);
    for (int j = 0; j < N; ++j) mu[j] = algebraic[j] * mu[j];
    PULL(here)
    for (int j = 0; j < N; ++j) lam[j] = (1.0 - algebraic[j]) * (lam[j] + f[j]);
  }
"""
    + way_back.END
)

PULL = "      for (int j = 0; j < N; ++j) { zz[j] = (POINT)[j]; zz[N + j] = mu[j]; }" + way_back.PULLED

SETTLED = r"""S::on_change(p, u, c);
        I lost = ALL_TRUE;
        S::consistent(z, p, u, c, nominal, algebraic, ease, 1e-9, 0, &lost);
        for (int j = 0; j < N; ++j) z[j] = S::select_(lost, SPLAT(NOT_A_NUMBER), z[j]);"""


def walk(read: str) -> str:
    """The walk of a group forth and back.

    Args:
        read: Statements that read a row's inputs and call `on_change` where they moved.
    """
    forth = read.replace("if (ANY(moved)) S::on_change(p, u, c);", f"if (ANY(moved)) {{ {SETTLED} }}")
    text = WALK.replace("FORTH", forth).replace("READ", read)
    for point in ("at + 2 * NZ", "at + NZ", "here"):
        text = text.replace(f"PULL({point})", PULL.replace("POINT", point))
    return text
