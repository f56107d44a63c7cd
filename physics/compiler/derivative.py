"""Derivatives of a law's expressions, each part differentiated once.

SymPy's own `diff` walks the expression as a tree and asks about assumptions on the way; a part that stands in ten
places is differentiated ten times. Here what was found is kept, so that the time follows the number of distinct parts.
"""

from __future__ import annotations

import sympy as sp

PLAIN = (sp.exp, sp.log, sp.tanh, sp.sin, sp.cos, sp.atan, sp.Abs)
"""Functions of one argument whose slope SymPy gives in closed form."""


class Slopes:
    """Derivatives with a memory of what was derived before."""

    def __init__(self) -> None:
        self._known: dict[tuple[sp.Basic, sp.Symbol], sp.Expr] = {}

    def by(self, expression: sp.Basic, symbol: sp.Symbol) -> sp.Expr:
        """The derivative of an expression by a symbol."""
        if expression.is_Atom:
            return sp.Integer(int(expression == symbol))
        if (expression, symbol) not in self._known:
            inside = symbol in expression.free_symbols
            self._known[expression, symbol] = self._derived(expression, symbol) if inside else sp.Integer(0)
        return self._known[expression, symbol]

    def _derived(self, expression: sp.Basic, symbol: sp.Symbol) -> sp.Expr:
        parts = expression.args
        if isinstance(expression, sp.Add):
            return sp.Add(*(self.by(part, symbol) for part in parts))
        if isinstance(expression, sp.Mul):
            slopes = [self.by(part, symbol) for part in parts]
            return sp.Add(*(sp.Mul(*parts[:k], slope, *parts[k + 1 :]) for k, slope in enumerate(slopes) if slope != 0))
        if isinstance(expression, sp.Pow) and symbol not in expression.exp.free_symbols:
            return expression.exp * expression.base ** (expression.exp - 1) * self.by(expression.base, symbol)
        if isinstance(expression, sp.Piecewise):
            pairs = [(self.by(branch, symbol), condition) for branch, condition in parts]
            return sp.Piecewise(*pairs, evaluate=False) if any(slope != 0 for slope, _ in pairs) else sp.Integer(0)
        if isinstance(expression, PLAIN):
            return expression.fdiff(1) * self.by(parts[0], symbol)
        return sp.diff(expression, symbol)
