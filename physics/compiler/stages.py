"""C text of one step of a method: stages, new point, scaled error, and the curve between both points."""

from __future__ import annotations

from collections.abc import Sequence

from physics.compiler.methods import Method, Rosenbrock, RungeKutta

BETWEEN = r"""
FN between(const V *z, const V *zn, V (*curve)[NZ], V share, V *y) {
  for (int j = 0; j < N; ++j) {
    V bend = curve[0][j] + share * (curve[1][j] + (1.0 - share) * curve[2][j]);
    y[j] = z[j] + share * ((zn[j] - z[j]) + (1.0 - share) * bend);
  }
}
"""
"""`y` between the ends of a step, at a share of it that differs from world to world."""

ERROR = r"""
      V error = SPLAT(0.0);
      for (int j = 0; j < N; ++j) {
        V away = S::most_(S::abs_(z[j] - origin[j]), S::abs_(zn[j] - origin[j]));
        V scale = (rtol * (1.0 / STRICTNESS)) * (away + swing[j]);
        V gap = S::abs_(GAP) / scale;
        error = S::select_(S::eq_(gap, gap), S::most_(error, gap), gap);
        error = S::select_(S::eq_(zn[j], zn[j]), error, bad);
      }
"""

NO_ERROR = r"""
      V error = SPLAT(0.0);
      for (int j = 0; j < N; ++j) error = S::select_(S::eq_(zn[j], zn[j]), error, bad);
"""

EACH = "      for (int j = 0; j < N; ++j) "


def step(method: Method) -> str:
    """From `z` over a step `s` to `zn`: stages `k[i]` and the scaled `error`."""
    return _implicit(method) if isinstance(method, Rosenbrock) else _explicit(method)


def curve(method: Method) -> str:
    """`curve[0..2]` of the step just taken, for `between`."""
    if isinstance(method, Rosenbrock):
        a, b = (_combination("", weights) for weights in method.dense)
        return f"{EACH}{{ curve[0][j] = {a}; curve[1][j] = {b}; curve[2][j] = SPLAT(0.0); }}\n"
    last = method.stages - 1
    text = "" if not method.fixed else f"      S::rates(zn, p, u, c, k[{last}]);\n"
    c = f"s * ({_combination('', method.dense)})" if method.dense else "SPLAT(0.0)"
    text += f"{EACH}{{\n        V rise = zn[j] - z[j];\n        curve[0][j] = s * k[0][j] - rise;\n"
    text += f"        curve[1][j] = rise - s * k[{last}][j] - curve[0][j];\n        curve[2][j] = {c};\n      }}\n"
    return text


def _implicit(method: Rosenbrock) -> str:
    text = "      S::factor(z, p, u, c, rate * (1.0 / GAMMA), SPLAT(0.0), f, L);\n      S::solve(L, f, k[0]);\n"
    for i in range(1, method.stages):
        if any(method.a[i]):
            text += f"{EACH}y[j] = {_combination('z[j]', method.a[i])};\n      S::rates(y, p, u, c, b);\n"
        else:
            text += f"{EACH}b[j] = f[j];\n"
        mixed = _combination("", method.c[i])
        text += f"{EACH}if (algebraic[j] == 0.0) b[j] = b[j] + rate * ({mixed});\n"
        text += f"      S::solve(L, b, k[{i}]);\n"
    text += f"{EACH}zn[j] = {_combination('z[j]', method.b)};"
    return text + ERROR.replace("GAP", _combination("", method.e))


def _explicit(method: RungeKutta) -> str:
    return stages(method) + (NO_ERROR if method.fixed else ERROR.replace("GAP", f"s * ({_combination('', method.e)})"))


def stages(method: RungeKutta) -> str:
    """From `z` over a step `s` to `zn` by an explicit method, whose first rates the last stage may have given."""
    text = f"{EACH}k[0][j] = f[j];\n" if not method.fixed else "      S::rates(z, p, u, c, k[0]);\n"
    for i in range(1, method.stages):
        text += f"{EACH}y[j] = z[j] + s * ({_combination('', method.a[i])});\n      S::rates(y, p, u, c, k[{i}]);\n"
    return text + f"{EACH}zn[j] = z[j] + s * ({_combination('', method.b)});"


def _combination(base: str, coefficients: Sequence[float]) -> str:
    terms = [f"{a!r}*k[{i}][j]" for i, a in enumerate(coefficients) if a]
    return "+".join([base, *terms] if base else terms)
