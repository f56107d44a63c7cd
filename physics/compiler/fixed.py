"""C text of the walk with equal steps and no events: no world waits, so nothing is asked but whether it is still sound.

Between two samples lie whole steps. A world that leaves all bounds keeps its last sound state; its neighbours do not
notice.
"""

from __future__ import annotations

from physics.compiler import perceptron, stages
from physics.compiler.methods import RungeKutta

DECLARE = (
    r"""
  REAL *zs = &Z.data[0], *ps = &P.data[0], *us = &U.data[0], *os = &OUT.data[0], *is = &INFO.data[0];
  const long W = worlds, across = input_worlds == 1 ? 1 : W;
  const double ratio = sample_s / max_step_s * (1.0 - 1e-6);
  const long each = ratio < 1.0 ? 1 : (long)ratio + 1;
  const REAL s = sample_s / each;
  for (long first = (long)group * LANES; first < (long)(group + groups) * LANES; first += LANES) {
  V z[NZ], zn[NZ], y[NZ], k[STAGES][NZ], p[NP], u[NU], c[NC], o[NS], left[NZ];
  const V bad = SPLAT(NOT_A_NUMBER);
  V status = SPLAT(0.0), failed = bad, done = SPLAT(0.0);
  I alive = ALL_TRUE;
  for (int j = 0; j < N; ++j) { COPY(&z[j], zs + j * W + first, sizeof(V)); left[j] = z[j]; }
  for (int j = 0; j < NP; ++j) COPY(&p[j], ps + j * W + first, sizeof(V));
  for (int j = 0; j < NC; ++j) c[j] = SPLAT(0.0);
  for (int j = 0; j < NU; ++j) u[j] = SPLAT(0.0);
  S::once(p, c);
"""
    + perceptron.ATTACH
)

WALK = r"""
  for (long row = 0; row < count; ++row) {
    I moved = row == 0 ? ALL_TRUE : ~ALL_TRUE;
    for (int j = 0; j < NU; ++j) {
      V held = u[j];
      const REAL *own = us + (row * NU + j) * across + (input_worlds == 1 ? 0 : first);
      if (input_worlds == 1) u[j] = SPLAT(*own); else COPY(&u[j], own, sizeof(V));
      moved = moved | S::ne_(u[j], held);
    }
    if (ANY(moved)) S::on_change(p, u, c);
    S::observe(z, p, u, c, o);
    for (int j = 0; j < NS; ++j) {
      o[j] = S::select_(alive, o[j], bad);
      COPY(os + (row * NS + j) * W + first, &o[j], sizeof(V));
    }
    for (long step = 0; step < each; ++step) {
STEP
      V sum = SPLAT(0.0);
      for (int j = 0; j < N; ++j) sum = sum + zn[j];
      I lost = alive & ~S::le_(S::abs_(sum), SPLAT(BOUND));
      if (ANY(lost)) {
        for (int j = 0; j < N; ++j) left[j] = S::select_(lost, z[j], left[j]);
        status = S::select_(lost, SPLAT(1.0), status);
        failed = S::select_(lost, SPLAT(row * sample_s + step * s), failed);
        done = S::select_(lost, SPLAT(row * each + step), done);
        alive = alive & ~lost;
      }
      for (int j = 0; j < N; ++j) z[j] = zn[j];
    }
  }
  done = S::select_(alive, SPLAT(count * each), done);
  for (int j = 0; j < N; ++j) {
    z[j] = S::select_(alive, z[j], left[j]);
    COPY(zs + j * W + first, &z[j], sizeof(V));
  }
  V info[6] = {status, failed, done, SPLAT(0.0), done, SPLAT(0.0)};
  for (int j = 0; j < 6; ++j) COPY(is + j * W + first, &info[j], sizeof(V));
  }
"""


def walk(method: RungeKutta) -> str:
    """The walk of a group through its samples."""
    return DECLARE + WALK.replace("STEP", stages.stages(method))
