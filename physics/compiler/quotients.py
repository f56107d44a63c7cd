"""Quotients by powers of one base share one reciprocal; a law and its slopes divide by the same things again and again.

A quotient or root keeps a slow unit of the processor busy for as long as twenty products take. From 1/b follow b^-2 and
b^-3 by products, from b^(-1/4) follow b^(-1/2) and b^(-5/4); each product may add half a unit of the last place.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

import sympy as sp


class Reciprocal(sp.Function):
    """`Reciprocal(b, q)` is b^(-q/4), printed as one quotient."""

    nargs = 2


def shared(expressions: Sequence[sp.Basic]) -> list[sp.Basic]:
    """The expressions with powers of `Reciprocal` for what they divide by more than once, or by a root of."""
    powers = set().union(*(expression.atoms(sp.Pow) for expression in expressions))
    found: dict[tuple[sp.Basic, bool], set[int]] = {}
    for power in powers:
        quarters = _below(power)
        if quarters:
            found.setdefault((power.base, quarters % 4 == 0), set()).add(quarters)
    units = {key: gcd(*all_) for key, all_ in found.items() if len(all_) > 1 or not key[1]}
    rewriting = _Rewriting(units)
    return [rewriting.of(expression) if units else expression for expression in expressions]


def _below(power: sp.Pow) -> int:
    """How many quarters of its base's power a quotient divides by; zero where it is none of these."""
    if power.base.is_number or not power.exp.is_number or not power.exp.is_negative:
        return 0
    quarters = -4 * float(power.exp)
    return int(quarters) if quarters.is_integer() else 0


class _Rewriting:
    """One run over expressions that share parts; whole powers stand apart from roots, which need not exist."""

    def __init__(self, units: dict[tuple[sp.Basic, bool], int]) -> None:
        self.units = units
        self.known: dict[sp.Basic, sp.Basic] = {}

    def of(self, expression: sp.Basic) -> sp.Basic:
        if not expression.args:
            return expression
        if expression not in self.known:
            self.known[expression] = self._rewritten(expression)
        return self.known[expression]

    def _rewritten(self, expression: sp.Basic) -> sp.Basic:
        if isinstance(expression, sp.Pow):
            quarters = _below(expression)
            unit = self.units.get((expression.base, quarters % 4 == 0)) if quarters else None
            if unit:
                return Reciprocal(self.of(expression.base), sp.Integer(unit)) ** (quarters // unit)
        parts = [self.of(part) for part in expression.args]
        return expression if tuple(parts) == expression.args else expression.func(*parts)
