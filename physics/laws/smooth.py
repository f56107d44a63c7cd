"""Kinks rounded over a named width, with derivatives that never blow up.

Symbols    x any quantity, w the width in x's unit; each function differs from its sharp original by at most about w.
Source     signed_root is regRoot of Modelica.Fluid.Utilities; the others are built from the same sqrt(x² + w²)
"""

from typing import Any

import sympy as sp


def absolute(x: Any, width: Any) -> Any:
    """|x|, rounded at zero to the height `width`."""
    return sp.sqrt(x * x + width * width)


def positive_part(x: Any, width: Any) -> Any:
    """max(x, 0), always positive; at x = 0 it is half the width."""
    return (x + sp.sqrt(x * x + width * width)) / 2


def beyond(x: Any, room: Any, width: Any) -> Any:
    """How far x lies outside of [-room, room], with its sign: a dead zone. Without room it is x itself."""
    return positive_part(x - room, width) - positive_part(-x - room, width)


def sign(x: Any, width: Any) -> Any:
    """The direction of x, -1 to 1, 96 % of the way at two widths."""
    return sp.tanh(x / width)


def clip(x: Any, low: Any, high: Any, width: Any) -> Any:
    """X held inside [low, high]; the corners are cut over `width`."""
    return low + positive_part(x - low, width) - positive_part(x - high, width)


def signed_root(x: Any, width: Any) -> Any:
    """sign(x) sqrt(|x|), with the finite slope 1 / sqrt(width) at zero."""
    return x / sp.sqrt(sp.sqrt(x * x + width * width))


def signed_square(x: Any, width: Any) -> Any:
    """Square with the sign kept, x |x|, with the small slope `width` at zero."""
    return x * absolute(x, width)


def step(x: Any, width: Any) -> Any:
    """0 up to x = 0 and 1 from x = `width` on, exactly; between them 6 t⁵ - 15 t⁴ + 10 t³ with t = x / width."""
    share = x / width
    rising = share * share * share * (10 - share * (15 - 6 * share))
    return sp.Piecewise((0, share <= 0), (1, share >= 1), (rising, True))
