"""Distributions of times, by the names and numbers that an engineer gives: mean and spread, in seconds.

Source  Law, Simulation Modeling and Analysis, 5th ed. (2015), chapter 6, for the forms and their moments
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real
from typing import Any

import numpy as np
from scipy.special import ndtr

from physics.flow import quantiles
from physics.flow.kernels import draws


@dataclass(frozen=True)
class Times:
    """A distribution of times as the kernel reads it: kind, three numbers, an empirical one's or a table's values.

    Attributes: mean_s, its mean; what, how it was asked for.
    """

    kind: int
    a: float = 0.0
    b: float = 0.0
    c: float = 0.0
    values: tuple[float, ...] = ()
    mean_s: float = 0.0
    what: str = ""


class BadTimes(ValueError):  # noqa: N818 (it names what happened)
    """Numbers that are no distribution of times; the message says what is needed."""


def constant(value_s: float) -> Times:
    """Always the same."""
    _need(value_s >= 0, f"constant {value_s:g} s", "0 s or more")
    return Times(draws.CONSTANT, value_s, mean_s=value_s, what=f"constant {value_s:g} s")


def uniform(low_s: float, high_s: float) -> Times:
    """Anything between two bounds alike."""
    _need(0 <= low_s <= high_s, f"uniform {low_s:g} to {high_s:g} s", "0 ≤ low_s ≤ high_s")
    return Times(draws.UNIFORM, low_s, high_s, mean_s=(low_s + high_s) / 2, what=f"uniform {low_s:g} to {high_s:g} s")


def triangular(low_s: float, mode_s: float, high_s: float) -> Times:
    """Between two bounds, most often at the mode."""
    _need(0 <= low_s <= mode_s <= high_s and low_s < high_s, f"triangular {low_s:g}, {mode_s:g}, {high_s:g} s",
          "0 ≤ low_s ≤ mode_s ≤ high_s, low_s < high_s")  # fmt: skip
    share, mean = (mode_s - low_s) / (high_s - low_s), (low_s + mode_s + high_s) / 3
    return Times(draws.TRIANGULAR, low_s, high_s, share, mean_s=mean, what=f"triangular about {mode_s:g} s")


def exponential(mean_s: float) -> Times:
    """Memoryless."""
    _need(mean_s > 0, f"exponential, mean {mean_s:g} s", "a mean above 0 s")
    return Times(draws.EXPONENTIAL, mean_s, mean_s=mean_s, what=f"exponential, mean {mean_s:g} s")


def normal(mean_s: float, sd_s: float) -> Times:
    """Normal, cut off at zero: of the bell only the part above zero is drawn from, so no time is negative."""
    _need(mean_s > 0 and sd_s > 0, f"normal, mean {mean_s:g} s, sd {sd_s:g} s", "mean_s and sd_s above 0 s")
    z = mean_s / sd_s
    cut = float(ndtr(-z))
    shift = sd_s * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / (1 - cut)
    return Times(draws.NORMAL, mean_s, sd_s, cut, quantiles.normal(), mean_s + shift,
                 f"normal, {mean_s:g} ± {sd_s:g} s")  # fmt: skip


def lognormal(mean_s: float, sd_s: float) -> Times:
    """Log-normal with this mean and standard deviation of the time itself."""
    _need(mean_s > 0 and sd_s > 0, f"lognormal, mean {mean_s:g} s, sd {sd_s:g} s", "mean_s and sd_s above 0 s")
    variance = math.log1p((sd_s / mean_s) ** 2)
    return Times(draws.LOGNORMAL, math.log(mean_s) - variance / 2, math.sqrt(variance),
                 values=quantiles.normal(), mean_s=mean_s, what=f"lognormal, {mean_s:g} ± {sd_s:g} s")  # fmt: skip


def weibull(mean_s: float, shape: float) -> Times:
    """Weibull with this mean; shape above 1 wears out, below 1 fails early."""
    _need(mean_s > 0 and shape > 0, f"weibull, mean {mean_s:g} s, shape {shape:g}", "mean_s and shape above 0")
    scale = mean_s / math.gamma(1 + 1 / shape)
    return Times(draws.WEIBULL, scale, 1 / shape, mean_s=mean_s, what=f"weibull, mean {mean_s:g} s, shape {shape:g}")


def gamma(mean_s: float, shape: float) -> Times:
    """Gamma with this mean; a whole shape k is the sum of k exponentials (Erlang)."""
    _need(mean_s > 0 and shape > 0, f"gamma, mean {mean_s:g} s, shape {shape:g}", "mean_s and shape above 0")
    return Times(draws.GAMMA, mean_s / shape, max(1.0, 1 / shape), values=quantiles.gamma(shape), mean_s=mean_s,
                 what=f"gamma, mean {mean_s:g} s, shape {shape:g}")  # fmt: skip


def empirical(values_s: tuple[float, ...]) -> Times:
    """One of the times that were seen, each as likely as the next."""
    _need(len(values_s) > 0 and min(values_s, default=-1) >= 0, "empirical values", "one or more, none below 0 s")
    mean = float(np.mean(values_s))
    return Times(draws.EMPIRICAL, 1.0, values=tuple(sorted(map(float, values_s))), mean_s=mean, what="empirical")


def sequence(turns_s: tuple[tuple[float, ...], ...]) -> Times:
    """Over and over in this order: at each turn one of the times that were seen there, each as likely as the next."""
    lengths = {len(turn) for turn in turns_s}
    flat = tuple(value for turn in turns_s for value in sorted(turn))
    _need(len(lengths) == 1 and min(flat, default=-1) >= 0, f"a sequence of {len(turns_s)} turns",
          "one or more turns, each with as many times as the others, none below 0 s")  # fmt: skip
    return Times(draws.EMPIRICAL, float(len(turns_s)), values=flat, mean_s=float(np.mean(flat)),
                 what=f"in {len(turns_s)} turns")  # fmt: skip


KINDS: dict[str, tuple[Callable[..., Times], tuple[str, ...]]] = {
    "constant": (constant, ("value_s",)),
    "uniform": (uniform, ("low_s", "high_s")),
    "triangular": (triangular, ("low_s", "mode_s", "high_s")),
    "exponential": (exponential, ("mean_s",)),
    "normal": (normal, ("mean_s", "sd_s")),
    "lognormal": (lognormal, ("mean_s", "sd_s")),
    "weibull": (weibull, ("mean_s", "shape")),
    "gamma": (gamma, ("mean_s", "shape")),
}
"""Kinds by name, and their numbers as written in a plant file."""
LISTED = ("empirical", "sequence")
"""Kinds that take lists: "empirical" takes "values_s", "sequence" takes "turns_s", a list for each turn."""


def read(raw: Any) -> Times:
    """A distribution from a number, or from a mapping such as {normal: {mean_s: 60, sd_s: 5}}.

    Raises: BadTimes.
    """
    if isinstance(raw, Times):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, int | float | Mapping):
        raise BadTimes(f"got {raw!r}, need a time in seconds or one of {', '.join([*KINDS, *LISTED])}")
    if isinstance(raw, int | float):
        return constant(_finite(raw))
    name, numbers = next(iter(raw.items())) if len(raw) == 1 else ("", None)
    if name == "empirical" and isinstance(numbers, Mapping) and set(numbers) == {"values_s"}:
        return empirical(tuple(_finite(value) for value in numbers["values_s"]))
    if name == "sequence" and isinstance(numbers, Mapping) and set(numbers) == {"turns_s"}:
        return sequence(tuple(tuple(_finite(value) for value in turn) for turn in numbers["turns_s"]))
    if name not in KINDS:
        raise BadTimes(f"got {dict(raw)!r}, need one of {', '.join([*KINDS, *LISTED])}")
    make, names = KINDS[name]
    if not isinstance(numbers, Mapping) or set(numbers) != set(names):
        raise BadTimes(f"got {name} with {numbers!r}, need {', '.join(names)}")
    return make(*(_finite(numbers[key]) for key in names))


def _finite(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not math.isfinite(value):
        raise BadTimes(f"got {value!r}, need a finite number")
    return float(value)


def _need(holds: bool, got: str, need: str) -> None:
    if not holds:
        raise BadTimes(f"got {got}, need {need}")
