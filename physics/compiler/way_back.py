"""C text that the walks forth and back of all methods share: how they begin, look at a sample, pull a point and end.

A walk keeps the points of its steps in `path`. On the way back `lam` holds what is owed to the state, `owed` what is
owed to the free parameters; networks leave their cotangents on a trail, which is summed when its room is full.
"""

from __future__ import annotations

from physics.compiler import perceptron

BEGIN = (
    r"""
  REAL *zs = &Z.data[0], *ps = &P.data[0], *us = &U.data[0], *gs = &G.data[0];
  const long W = worlds, first = (long)group * LANES, across = input_worlds == 1 ? 1 : W;
  REAL *own = &WEIGHTS.data[(long)group * weights];
  V z[NZ], zz[NZZ], p[NP], u[NU], c[NC], f[NF], lam[NZ], owed[NF], room[TRAILS * TRAIL + 1], *trail = room;
  int left = 0;
  const long steps = (long)(count - 1) * each;
  V *path = (V *)(((unsigned long)__builtin_alloca((steps * STAGES + 2) * NZ * sizeof(V)) + sizeof(V)) & -sizeof(V));
  for (int j = 0; j < N; ++j) COPY(&z[j], zs + j * W + first, sizeof(V));
  for (int j = 0; j < NP; ++j) COPY(&p[j], ps + j * W + first, sizeof(V));
  for (int j = 0; j < NC; ++j) c[j] = SPLAT(0.0);
  for (int j = 0; j < NU; ++j) u[j] = SPLAT(0.0);
  for (int j = 0; j < N; ++j) lam[j] = SPLAT(0.0);
  for (int j = 0; j < NF; ++j) owed[j] = SPLAT(0.0);
  S::once(p, c);
"""
    + perceptron.ATTACH
)

PULLED = r"""
      TELL(room + left * TRAIL)
      S::back(zz, p, u, c, f);
      for (int j = 0; j < FREE; ++j) owed[j] = owed[j] + f[N + j];
      if (++left == TRAILS) { S::flush(room, left, own); left = 0; }
"""
"""What the rates at a point owe, point and cotangents standing in `zz`; their debt to the state is in `f`."""

LOOKED = r"""
    const V *here = path + row * each * STAGES * NZ;
    for (int j = 0; j < N; ++j) zz[j] = here[j];
    for (int j = 0; j < NS; ++j) COPY(&zz[N + j], gs + (row * NS + j) * W + first, sizeof(V));
    TELL(SEEN_TRAIL)
    S::seen(zz, p, u, c, f);
    for (int j = 0; j < N; ++j) lam[j] = lam[j] + f[j];
    for (int j = 0; j < FREE; ++j) owed[j] = owed[j] + f[N + j];
    SEEN_FLUSH
"""
"""What the outputs at a sample owe."""

END = r"""
  S::flush(room, left, own);
  for (int j = 0; j < N; ++j) COPY(zs + j * W + first, &lam[j], sizeof(V));
  for (int j = 0; j < FREE; ++j) COPY(&OWED.data[j * W + first], &owed[j], sizeof(V));
"""
