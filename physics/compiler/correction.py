"""A learned correction as one more law: a tanh network, bounded, fading out where it was not trained.

Equations  y = b2 + sum_i w2_i tanh(b1_i + sum_j w1_ij f_j), or what several layers give (perceptron.py)
           value = squash(y) * product_j fade(f_j)
           squash(y) = high tanh(y r / high) for y > 0, -low tanh(y r / -low) else, r = (high - low) / 2
           fade(f) = 1 inside [low_j, high_j], 1 - s^2 (3 - 2 s) outside with s = distance / margin, 0 from s = 1 on
Symbols    f_j features, w and b weights, low_j and high_j the trained box, margin 1.5 + a quarter of the box
Trends     where y rises (falls) with f_j, w1_ij stands for max(w1_ij, 0) (times -1) and every w2_i for max(w2_i, 0)
Source     trends by weights of one sign: Sill (1997), Monotonic networks; Daniels & Velikova (2010),
           doi:10.1109/TNN.2010.2044803, for several layers and features that are free beside it
Valid      low < 0 < high; all weights zero give the value zero, with a slope that training can follow
"""

from __future__ import annotations

from functools import lru_cache

import sympy as sp

from physics.compiler import memory
from physics.compiler.trace import Level, Trace
from physics.contract import Correction

UNBOUNDED = 1e9
"""Half-width of the box before anything was trained: features are of order one, so this never fades."""

MARGIN_RATIO, LEAST_MARGIN = 0.25, 1.5
"""The fade-out's width: a quarter of the box's and one and a half more, as features are of order one. A correction
that faded over less could bend a pump's or a valve's curve back, and leave its network without a solution."""

VALUE, RAW = "network.value", "network.raw"

MEMBER = "member"
"""Which of a network's sets of weights a world has, where they lie outside the parameters."""


def feature_name(index: int) -> str:
    """Local name of a feature in the network's trace."""
    return f"network.feature_{index}"


def weight_defaults(features: int, hidden: int, units: int = 0) -> dict[str, float]:
    """Names and start values of all weights and of the box, in order; a memory's units are read as features are."""
    weights = {f"w1_{i}_{j}": 0.0 for i in range(hidden) for j in range(features + units)}
    weights |= {f"b1_{i}": 0.0 for i in range(hidden)}
    weights |= {f"w2_{i}": 0.0 for i in range(hidden)}
    return weights | {"b2": 0.0} | box_defaults(features)


def box_defaults(features: int) -> dict[str, float]:
    """Names and start values of the box that was trained."""
    return {f"low_{j}": -UNBOUNDED for j in range(features)} | {f"high_{j}": UNBOUNDED for j in range(features)}


def trend_signs(correction: Correction, hidden: int) -> dict[str, int]:
    """Weights that count from zero on and with which sign, so that the declared trends hold; none where none is."""
    inner = {f"w1_{i}_{j}": sign for j, sign in enumerate(correction.signs) for i in range(hidden) if sign}
    return inner | {f"w2_{i}": 1 for i in range(hidden)} if inner else {}


def one_sided(weight: sp.Symbol, sign: int) -> sp.Expr:
    """The weight as it counts: not below zero, with its sign; no `Piecewise`, which SymPy would multiply out."""
    return sign * (weight + sp.Abs(weight)) / 2


@lru_cache(maxsize=256)
def network(correction: Correction, features: int, hidden: int, units: int = 0) -> Trace:
    """The network as a trace, with so many units of memory; its one equation is `VALUE`."""
    read = [*(feature_name(j) for j in range(features)), *(memory.state_name(unit) for unit in range(units))]
    symbols, levels = _symbols([*weight_defaults(features, hidden, units), *read])
    inputs = [symbols[name] for name in read]
    signs, raw = trend_signs(correction, hidden), symbols["b2"]
    weight = {name: one_sided(symbol, signs[name]) if name in signs else symbol for name, symbol in symbols.items()}
    for i in range(hidden):
        inner = symbols[f"b1_{i}"] + sum(weight[f"w1_{i}_{j}"] * x for j, x in enumerate(inputs))
        raw += weight[f"w2_{i}"] * sp.tanh(inner)
    return Trace(symbols, levels, {VALUE: _bounded(correction, raw, symbols, features)})


@lru_cache(maxsize=256)
def bounds(correction: Correction, features: int) -> Trace:
    """What a network of several layers gives, `RAW`, kept inside the declared range and the trained box."""
    symbols, levels = _symbols([*box_defaults(features), *(feature_name(j) for j in range(features)), RAW])
    return Trace(symbols, levels, {VALUE: _bounded(correction, symbols[RAW], symbols, features)})


def _symbols(names: list[str]) -> tuple[dict[str, sp.Symbol], dict[str, Level]]:
    symbols = {name: sp.Symbol(f"s{k}_", real=True) for k, name in enumerate(names)}
    levels = {name: Level.DYNAMIC if name.startswith("network.") else Level.PARAMETER for name in names}
    return symbols, levels


def _bounded(correction: Correction, raw: sp.Expr, symbols: dict[str, sp.Symbol], features: int) -> sp.Expr:
    value = _squash(raw, correction.low, correction.high)
    for j in range(features):
        value *= _fade(symbols[feature_name(j)], symbols[f"low_{j}"], symbols[f"high_{j}"])
    return value


def _squash(raw: sp.Expr, low: float, high: float) -> sp.Expr:
    scaled = raw * sp.Float((high - low) / 2)
    if high == -low:
        return high * sp.tanh(scaled / high)
    return sp.Piecewise((high * sp.tanh(scaled / high), raw > 0), (-low * sp.tanh(-scaled / low), True))


def _fade(x: sp.Expr, low: sp.Expr, high: sp.Expr) -> sp.Expr:
    margin = LEAST_MARGIN + MARGIN_RATIO * (high - low)
    return _step_down(low - x, margin) * _step_down(x - high, margin)


def _step_down(beyond: sp.Expr, margin: sp.Expr) -> sp.Expr:
    s = beyond / margin
    return sp.Piecewise((1, beyond < 0), (1 - s**2 * (3 - 2 * s), beyond < margin), (0, True))
