"""The loop of twelve states in numba: one world after the other, and laned by hand, worlds innermost in blocks.

Both step the same lines of our tape by the classical method; what depends on parameters and inputs alone is computed
once a world in both, and with 32 bits both take roots as our lanes do. The blocks' exp and tanh are written out, as
calls keep loops from being vectorised; the scalar loop takes the library's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.compiler.lanes import PRECISIONS
from physics.compiler.tape import NAME, Line
from physics.compiler.trace import Level
from tests.benchmarks.simulate.island import Island
from tests.benchmarks.simulate.loop import STEP_S, STEPS
from tests.benchmarks.simulate.peers import NUMBA_NAMES

LITERAL = re.compile(r"(?<![\w.])(\d+\.\d+(?:e[+-]?\d+)?|\d+e[+-]?\d+)")

HEAD = """
import numpy as np
F, W = np.{precision}, np.int{bits}
N, B, S = {states}, {block}, {held}
"""

LANED = """
@nb.njit(inline="always")
def exp_(x):
    y = min(max(x, F({low})), F({high}))
    k = (y * F(1.4426950408889634) + F({magic})) - F({magic})
    r = (y - k * F({ln2_high})) - k * F({ln2_low})
    s = F({first})
{terms}
    return s * W((F(k + F({magic})).view(W) + W({bias})) << W({mantissa})).view(F)
@nb.njit(inline="always")
def tanh_(x):
    return F(1.0) - F(2.0) / (exp_(min(max(x * F(2.0), F(-80.0)), F(80.0))) + F(1.0))
"""

ROOT = """
@nb.njit(inline="always")
def sqrt_(x): return math.sqrt(max(x, F(0.0)))
"""

RUN = """
@nb.njit(parallel=True, error_model="numpy")
def run(start, P, U, out, s, steps):
    half, sixth, third = s * F(0.5), F(1.0 / 6.0), F(1.0 / 3.0)
    for block in nb.prange(P.shape[1] // B):
        first = block * B
        z, y = np.empty(N * B, F), np.empty(N * B, F)
        a, b, c, d = np.empty(N * B, F), np.empty(N * B, F), np.empty(N * B, F), np.empty(N * B, F)
        p, u, t = np.empty(P.shape[0] * B, F), np.empty(U.shape[0] * B, F), np.empty(S * B, F)
        for l in range(B):
            for j in range(N): z[j * B + l] = start[j]
            for j in range(P.shape[0]): p[j * B + l] = P[j, first + l]
            for j in range(U.shape[0]): u[j * B + l] = U[j, first + l]
        held(p, u, t)
        for step in range(steps):
            rates(z, p, u, t, a)
            for j in range(N * B): y[j] = z[j] + half * a[j]
            rates(y, p, u, t, b)
            for j in range(N * B): y[j] = z[j] + half * b[j]
            rates(y, p, u, t, c)
            for j in range(N * B): y[j] = z[j] + s * c[j]
            rates(y, p, u, t, d)
            for j in range(N * B): z[j] = z[j] + s * (sixth * a[j] + third * b[j] + third * c[j] + sixth * d[j])
        for l in range(B):
            for j in range(N): out[j, first + l] = z[j * B + l]
"""


def numba_run(problem: Island, precision: str, block: int) -> Callable[[], NDArray[np.float64]]:
    """All worlds in blocks of so many, one for the scalar loop; the states at the end [Z, W]."""
    space: dict[str, Any] = {}
    exec(compile(text(problem, precision, block), "<numba>", "exec"), space)
    worlds = problem.parameters.shape[1]
    fill = -worlds % block
    kind = np.dtype(precision)
    parameters = np.pad(problem.parameters, ((0, 0), (0, fill)), mode="edge").astype(kind)
    inputs = np.pad(problem.inputs[0], ((0, 0), (0, fill)), mode="edge").astype(kind)
    start, step_s = problem.start.astype(kind), kind.type(STEP_S)

    def run() -> NDArray[np.float64]:
        out = np.empty((len(start), worlds + fill), kind)
        space["run"](start, parameters, inputs, out, step_s, STEPS)
        return out[:, :worlds].astype(np.float64)

    return run


def text(problem: Island, precision: str, block: int) -> str:
    """Python text of `held`, `rates` and `run`."""
    system = problem.model.islands[0].system
    rows = [row.name for row in system.rows]
    lines = system.tape.needed(rows)
    once = [line for line in lines if line.level < Level.DYNAMIC]
    often = [line for line in lines if line.level is Level.DYNAMIC]
    place = {line.name: k for k, line in enumerate(once)}
    real = PRECISIONS[precision]
    parts = [NUMBA_NAMES, HEAD.format(precision=precision, bits=precision[-2:], states=len(rows), block=block,
                                      held=len(once))]  # fmt: skip
    parts += [ROOT] if precision == "float32" else []
    if block > 1:
        series = [1.0]
        for n in range(1, real.terms + 1):
            series.append(series[-1] / n)
        terms = "\n".join(f"    s = s * r + F({value!r})" for value in reversed(series[:-1]))
        parts.append(LANED.format(
            low=real.exponent_limits[0], high=real.exponent_limits[1], magic=1.5 * 2**real.mantissa_bits,
            ln2_high=real.ln2[0], ln2_low=real.ln2[1], first=series[-1], terms=terms, bias=real.bias,
            mantissa=real.mantissa_bits,
        ))  # fmt: skip
    parts.append(_function("held(p, u, t)", once, {f"t[{k} * B + l]": name for name, k in place.items()}, {}))
    parts.append(_function("rates(z, p, u, t, f)", often, {f"f[{i} * B + l]": n for i, n in enumerate(rows)}, place))
    return "\n".join([*parts, RUN])


def _function(head: str, lines: list[Line], stores: dict[str, str], place: dict[str, int]) -> str:
    own = {line.name for line in lines}
    used = {name for line in lines for name in line.needs} | {n for n in stores.values() if NAME.fullmatch(n)}
    loads = [
        f"        {n} = {f't[{place[n]} * B + l]' if n in place else f'{n[0]}[{n[1:]} * B + l]'}"
        for n in sorted(used - own)
    ]
    steps = [f"        {line.name} = " + LITERAL.sub(r"F(\1)", line.text) for line in lines]
    ends = [f"        {target} = {name}" for target, name in stores.items()]
    return f"@nb.njit(error_model='numpy')\ndef {head}:\n    for l in range(B):\n" + "\n".join([*loads, *steps, *ends])
