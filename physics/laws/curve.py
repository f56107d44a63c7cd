"""A curve through given points, straight between them, its corners rounded.

Equations  y = k y_1 + s_1 (x - k x_1) + Σ (s_j - s_{j-1}) (x - k x_j)+        s_j = (y_{j+1} - y_j) / (x_{j+1} - x_j)
Symbols    x_j and y_j the points, s_j slope from point j on, (·)+ positive part rounded over the named width, k scale:
           the curve as a whole is k times as large
Source     piecewise linear interpolation as a sum of kinks; physics/laws/smooth.py
Valid      x_j rise; beyond the ends the outer pieces go on. At a corner y is off by half the width times the change of
           slope; between corners by less
"""

from collections.abc import Sequence
from typing import Any

from physics.laws import smooth


def through(points: Sequence[tuple[Any, Any]], x: Any, width: Any, scale: Any = 1) -> Any:
    """Height of the curve at x; `width` in the unit of x, `scale` stretches both axes (affinity)."""
    (first_x, first_y), *_ = points
    slopes = [(y1 - y0) / (x1 - x0) for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False)]
    height = scale * first_y + slopes[0] * (x - scale * first_x)
    for (corner_x, _), before, after in zip(points[1:-1], slopes, slopes[1:], strict=False):
        height += (after - before) * smooth.positive_part(x - scale * corner_x, width)
    return height
