"""What a core can do at best in the lanes, and what a step asks of it.

The peak is that of fused multiply-adds on registers, each counted as two operations, by the same compiler, lanes and
element type as the step. A step's operations are counted on the tape: a sum, difference, product, quotient or root is
one; exp and tanh are what their series take by Horner's rule; comparisons, selections, signs and moves are none.
Quotients and roots share one slow unit: how long it is busy at best says what no order of the rest can save.
"""

import re
import time
from typing import Any

import numpy as np
import warp as wp

from physics.compiler import lanes
from physics.compiler.methods import RungeKutta
from physics.compiler.system import System
from physics.compiler.trace import Level
from physics.simulate import device

# No `from __future__ import annotations` here: Warp reads the argument types at run time.

CHAINS, TURNS, RUNS = 6, 1_000_000, 7
SIGN = re.compile(r"\(?-1\.0\)?\*")
EXPONENT = re.compile(r"(?<=\d)e[+-]?\d+")


def peak_per_s(precision: str) -> float:
    """Operations a second of one core."""
    return 2.0 * lanes.PRECISIONS[precision].lanes / _turn_s("__builtin_elementwise_fma({x}, f, g)", precision)


def divider_s(system: System, method: RungeKutta, precision: str) -> float:
    """Seconds that the quotients and roots of one step of one world take at best."""
    text = _often(system)
    quotients, roots = text.count("/") + text.count("tanh_("), text.count("sqrt_(")
    busy_s = quotients * _turn_s("f / {x}", precision) + roots * _turn_s("SQRT({x})", precision)
    return method.stages * busy_s / lanes.PRECISIONS[precision].lanes


def _turn_s(operation: str, precision: str) -> float:
    """Seconds of an operation on all lanes where many do not wait for each other, best of some runs."""
    real, kind = lanes.PRECISIONS[precision], device.NUMBERS[precision]
    chains = range(CHAINS)
    text = "REAL *a = &A.data[0]; const V f = SPLAT(a[0]), g = SPLAT(a[1]);\n"
    text += "".join(f"V x{i} = SPLAT(a[2] + {i});\n" for i in chains)
    turns = "".join(f"x{i} = {operation.format(x=f'x{i}')};\n" for i in chains)
    text += f"for (int i = 0; i < n; ++i) {{\n{turns}}}\nV sum = {' + '.join(f'x{i}' for i in chains)};\n"
    text += "for (int l = 0; l < LANES; ++l) a[l] = sum[l];\n"
    kernel = _kernel(lanes.prelude(True, real) + text + lanes.PREVENT_LEAKS, kind)
    start = np.full(real.lanes, 0.5, precision)
    best = np.inf
    for _ in range(RUNS):
        array = wp.array(start, dtype=kind, device="cpu")
        begin = time.process_time()
        wp.launch(kernel, dim=1, inputs=[array, TURNS], device="cpu")
        best = min(best, time.process_time() - begin)
    return best / (CHAINS * TURNS)


def _kernel(text: str, kind: Any) -> Any:
    device.start()

    @wp.func_native(text)
    def chains(A: wp.array(dtype=kind), n: int): ...

    @wp.kernel(enable_backward=False, module="unique")
    def turn(A: wp.array(dtype=kind), n: int):
        chains(A, n)

    turn.module.options["optimization_level"] = device.OPTIMIZATION_LEVEL
    turn.module.load("cpu", block_dim=1)
    return turn


def operations(system: System, method: RungeKutta, precision: str) -> int:
    """Operations of one step of one world."""
    stages = sum(2 * sum(map(bool, row)) for row in (*method.a[1:], method.b))
    return method.stages * counted(_often(system), precision) + (stages + 1) * len(system.unknowns)


def _often(system: System) -> str:
    """The lines that every evaluation of the rates runs."""
    lines = system.tape.needed([row.name for row in system.rows])
    return " ".join(f"({line.text})" for line in lines if line.level is Level.DYNAMIC)


def counted(text: str, precision: str) -> int:
    """Operations of a text in the shared syntax."""
    exp = 2 * lanes.PRECISIONS[precision].terms + 7
    functions = {"exp_(": exp, "tanh_(": exp + 4, "sqrt_(": 1}
    total = sum(count * text.count(name) for name, count in functions.items())
    plain = EXPONENT.sub("", SIGN.sub("", text)).replace("(-", "(")
    return total + sum(plain.count(sign) for sign in "+-*/")
