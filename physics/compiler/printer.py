"""SymPy expressions as text that is C with vector lanes, scalar C, NumPy and torch at once.

Arithmetic is the same in all four; everything else is a call to a function with a trailing underscore (`sqrt_`,
`select_`, `lt_`), which each target defines in its own way.
"""

from __future__ import annotations

from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean
from sympy.printing.str import StrPrinter

RELATIONS = {"<": "lt_", "<=": "le_", ">": "gt_", ">=": "ge_", "==": "eq_", "!=": "ne_"}
FUNCTIONS = {
    "exp": "exp_",
    "log": "log_",
    "tanh": "tanh_",
    "sin": "sin_",
    "cos": "cos_",
    "Abs": "abs_",
    "atan": "atan_",
    "off_whole": "off_whole_",
}
LARGEST_UNROLLED_POWER = 8


class UnknownFunction(ValueError):  # noqa: N818 (it names what happened)
    """A law uses a function that no target knows."""


def number(value: float) -> str:
    """A literal that reads the same everywhere, in brackets when negative."""
    text = repr(float(value))
    return f"({text})" if text.startswith("-") else text


class _Printer(StrPrinter):
    def _print_Integer(self, e: Any) -> str:  # noqa: N802 (SymPy's printers dispatch on these names)
        return number(float(e))

    def _print_Rational(self, e: Any) -> str:  # noqa: N802
        return number(float(e.p) / float(e.q))

    def _print_Float(self, e: Any) -> str:  # noqa: N802
        return number(float(e))

    def _print_Pi(self, e: Any) -> str:  # noqa: N802
        return number(float(e))

    _print_Exp1 = _print_Pi  # noqa: N815 (SymPy's name)

    def _print_Pow(self, e: Any, rational: bool = False) -> str:  # noqa: N802
        base, exponent = self._print(e.base), e.exp
        if exponent.is_number:
            quarters = 4 * float(exponent)
            if quarters.is_integer() and abs(quarters) <= 4 * LARGEST_UNROLLED_POWER:
                return _fixed_power(base, int(quarters))
        return f"exp_(({self._print(exponent)})*log_({base}))"

    def _print_Add(self, e: Any, order: Any = None) -> str:  # noqa: N802
        return "(" + "+".join(self._print(a) for a in e.args) + ")"

    def _print_Mul(self, e: Any) -> str:  # noqa: N802
        below = [a for a in e.args if a.is_Pow and a.exp.is_number and a.exp.is_negative]
        above = [a for a in e.args if a not in below]
        top = "*".join(self._print(a) for a in above) or "1.0"
        bottom = "*".join(self._print(sp.Pow(a.base, -a.exp, evaluate=False)) for a in below)
        return f"({top}/({bottom}))" if below else f"({top})"

    def _print_Function(self, e: Any) -> str:  # noqa: N802
        name = type(e).__name__
        if name not in FUNCTIONS:
            raise UnknownFunction(f"{name}: got a function that lanes do not know, need one of {sorted(FUNCTIONS)}")
        return f"{FUNCTIONS[name]}({self._print(e.args[0])})"

    _print_Abs = _print_Function  # noqa: N815 (SymPy's name)
    _print_log = _print_Function
    _print_tanh = _print_Function

    def _print_Reciprocal(self, e: Any) -> str:  # noqa: N802
        return _fixed_power(self._print(e.args[0]), -int(e.args[1]))

    def _print_exp(self, e: Any) -> str:
        return f"exp_({self._print(e.args[0])})"

    def _print_sign(self, e: Any) -> str:
        x = self._print(e.args[0])
        return f"select_(gt_({x},0.0),1.0,select_(lt_({x},0.0),-1.0,0.0))"

    def _print_DiracDelta(self, e: Any) -> str:  # noqa: N802
        return "0.0"

    def _print_Derivative(self, e: Any) -> str:  # noqa: N802
        raise UnknownFunction(f"{e}: got an expression without a closed derivative, need smooth functions")

    def _print_Piecewise(self, e: Any) -> str:  # noqa: N802
        text = self._print(e.args[-1].expr)
        for pair in reversed(e.args[:-1]):
            text = f"select_({self._print(pair.cond)},{self._print(pair.expr)},{text})"
        return text

    def _print_Relational(self, e: Any) -> str:  # noqa: N802
        return f"{RELATIONS[e.rel_op]}({self._print(e.lhs)},{self._print(e.rhs)})"

    def _nested(self, name: str, arguments: Any) -> str:
        first, *rest = [self._print(a) for a in arguments]
        for text in rest:
            first = f"{name}({first},{text})"
        return first

    def _print_And(self, e: Any) -> str:  # noqa: N802
        return self._nested("and_", e.args)

    def _print_Or(self, e: Any) -> str:  # noqa: N802
        return self._nested("or_", e.args)

    def _print_BooleanTrue(self, e: Any) -> str:  # noqa: N802
        return "eq_(0.0,0.0)"

    def _print_BooleanFalse(self, e: Any) -> str:  # noqa: N802
        return "ne_(0.0,0.0)"

    def _print_ITE(self, e: Any) -> str:  # noqa: N802
        condition, yes, no = (self._print(a) for a in e.args)
        return f"or_(and_({condition},{yes}),and_(not_({condition}),{no}))"

    def _print_Not(self, e: Any) -> str:  # noqa: N802
        return f"not_({self._print(e.args[0])})"


def _fixed_power(base: str, quarters: int) -> str:
    """`base` to a multiple of a quarter, by products and square roots."""
    whole, rest = divmod(abs(quarters), 4)
    factors = [f"({base})"] * whole
    if rest in (2, 3):
        factors.append(f"sqrt_({base})")
    if rest in (1, 3):
        factors.append(f"sqrt_(sqrt_({base}))")
    product = "(" + "*".join(factors) + ")"
    return product if quarters > 0 else f"(1.0/{product})"


_PRINTER = _Printer()


def text(expression: sp.Basic) -> str:
    """The expression in the shared syntax."""
    if not isinstance(expression, Boolean) and expression.is_number:
        return number(float(expression))
    return _PRINTER._print(expression)
