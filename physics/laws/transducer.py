"""A sensor between the quantity and the number in the log: lag, play, gain, offset, range.

Equations  τ dx/dt = true - x        with play: τ dx/dt = (e - h)+ - (-e - h)+, e = true - x
           reading = clip(gain [x + κ (x - x_m)²] + offset, low, high)
Symbols    x what the sensing element feels, τ time constant, h half the play, κ curvature of the characteristic
           around the value x_m where the gain holds
Source     first-order element; play (backlash): Tao, Kokotović (1996), chapter 2; range limits as in IEC 61298-2
Valid      noise is added by the observer, not here; the range's corners are cut over a thousandth of the range
"""

from typing import Any

from physics.laws import constants, smooth


def lag_rate(true: Any, felt: Any, time_constant_s: Any) -> Any:
    """How fast the sensing element follows, unit of the quantity per second."""
    return (true - felt) / time_constant_s


def play_rate(true: Any, felt: Any, time_constant_s: Any, half_play: Any, width: Any) -> Any:
    """How fast an element follows that only moves once the quantity has left its play; plain lag without play."""
    return smooth.beyond(true - felt, half_play, width) / time_constant_s


def reading(
    felt: Any, *, gain: Any = 1, offset: Any = 0, curvature: Any = 0, middle: Any = 0, low: Any, high: Any
) -> Any:
    """What is written to the log."""
    seen = felt + curvature * (felt - middle) ** 2
    return smooth.clip(gain * seen + offset, low, high, constants.STILL_RATIO * (high - low))
