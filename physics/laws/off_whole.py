"""How far a number lies from the nearest whole one, -1/2 to 1/2: what rounding takes away.

Equations  off_whole(x) = x - round(x)        its slope counts as zero
Source     round half to even: IEEE 754-2019, section 4.3.1
Valid      the slope is right for what a rounded number stands for, not for the stairs themselves
"""

from typing import Any

import numpy as np
import sympy as sp


class off_whole(sp.Function):  # noqa: N801 -- SymPy prints a function by the name of its class
    """`x - round(x)`, a number where x is one."""

    nargs = 1
    is_real = True
    _imp_ = staticmethod(lambda x: x - np.rint(x))  # what SymPy's lambdify takes

    @classmethod
    def eval(cls, x: Any) -> Any:
        """The value at a number."""
        return sp.Float(float(x) - round(float(x))) if x.is_number else None

    def fdiff(self, argindex: int = 1) -> Any:
        """Zero: what rounding takes away is taken for constant."""
        return sp.Integer(0)
