"""A sensor between the quantity and the number in the log: lag, play, gain, bias, noise, quantisation, range, dropout.

Equations  τ dx/dt = true - x        with play: τ dx/dt = (e - h)+ - (-e - h)+, e = true - x
           s = gain [x + κ (x - x_m)²] + bias + n        reading = (1 - d) clip(round(s, q), low, high) + d low
           round(s, q) = s - q (s / q - nearest whole number)
Symbols    x what the sensing element feels, τ time constant, h half the play, κ curvature of the characteristic
           around the value x_m where the gain holds, n noise, q step of the last digit (0: none), d share of the
           signal that is lost: 1 in a dropout
Source     first-order element; play (backlash): Tao, Kokotović (1996), chapter 2; range limits as in IEC 61298-2;
           a lost signal falls to the low end: NAMUR NE 43
Valid      noise and dropout are inputs (a log, a scenario or a random stream drives them), none by default; the range's
           corners are cut over a thousandth of the range; slopes are those of the reading without rounding
"""

from typing import Any

import sympy as sp

from physics.laws import constants, smooth
from physics.laws.off_whole import off_whole

FINEST_RATIO = 1e-12
"""Far below the last digit of any instrument over its range (40 bits)."""


def lag_rate(true: Any, felt: Any, time_constant_s: Any) -> Any:
    """How fast the sensing element follows, unit of the quantity per second."""
    return (true - felt) / time_constant_s


def play_rate(true: Any, felt: Any, time_constant_s: Any, half_play: Any, width: Any) -> Any:
    """How fast an element follows that only moves once the quantity has left its play; plain lag without play."""
    return smooth.beyond(true - felt, half_play, width) / time_constant_s


def seen(felt: Any, *, gain: Any = 1, offset: Any = 0, curvature: Any = 0, middle: Any = 0) -> Any:
    """The characteristic: what an element feels, as a value in the unit of the reading."""
    return gain * (felt + curvature * (felt - middle) ** 2) + offset


def rounded(value: Any, step: Any, smallest: Any) -> Any:
    """The nearest whole multiple of `step`; the value itself where the step is zero. Steps are far above `smallest`."""
    span = step + smallest  # what is not rounded is computed too, and must not divide by zero
    return value - sp.Piecewise((span, sp.Gt(step, 0)), (0, True)) * off_whole(value / span)


def reading(value: Any, *, low: Any, high: Any, noise: Any = 0, step: Any = 0, dropout: Any = 0) -> Any:
    """What is written to the log, of a value `seen`."""
    shown = rounded(value + noise, step, FINEST_RATIO * sp.Abs(high - low))
    number = smooth.clip(shown, low, high, constants.STILL_RATIO * (high - low))
    return number + dropout * (low - number)
