"""How sure tonight's promotion must be, so that of all promotions over the years few are by chance.

Equations  α_n = w γ_n + (α - w) γ_{n - τ_1} + α Σ_{j > 1} γ_{n - τ_j}        γ_k = k^-1.5 / ζ(1.5)
Symbols    α share of promotions that may be by chance, n judgements so far with tonight's, τ_j the j-th promotion, w
           what may be spent before the first one, α / 2
Source     LORD++: Ramdas, Yang, Wainwright, Jordan (2017), Online control of the false discovery rate with decaying
           memory, NeurIPS, equation 7; judgements on overlapping windows: Zrnic, Ramdas, Jordan (2021), JMLR 22(33)
Assumes    each judgement's chance is at most what it says; a promotion earns only where its window does not overlap
           tonight's, for the same nights must not pay twice
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from scipy.special import zeta

from twin.records.model import GateReport

ALPHA = 0.05
"""Of all promotions so many may be by chance, in expectation."""

FIRST_SHARE = 0.5
"""Of it so much may be spent before the first promotion; the rest is earned by promotions."""

POWER = 1.5
"""How fast the allowance fades without a promotion: a month's nights keep a third of what any series could give."""

AGAINST_CHAMPION = "better than champion"
"""Name of the check that spends."""


@dataclass(frozen=True)
class Spending:
    """What tonight's judgement may cost: `alpha`, `spent` in total with it, and how many were `judged` with it."""

    alpha: float
    spent: float
    judged: int


def allowed(judged: int, promotions: Sequence[int], *, alpha: float = ALPHA) -> float:
    """Chance that the next judgement may take.

    Args:
        judged: Number of earlier judgements.
        promotions: Which of them promoted, counted from 1, rising; only those that earn.
        alpha: Share of promotions that may be by chance.
    """
    number, first = judged + 1, FIRST_SHARE * alpha
    earned = [alpha - first if place == 0 else alpha for place in range(len(promotions))]
    shares = [gain * _fading(number - when) for gain, when in zip(earned, promotions, strict=True)]
    return first * _fading(number) + sum(shares)


def tonight(before: Sequence[GateReport], window_start_us: int, *, alpha: float = ALPHA) -> Spending:
    """What the next judgement of a plant may cost.

    Args:
        before: Reports of all candidates so far, oldest first; those without a champion to beat cost nothing.
        window_start_us: First sample of tonight's judged window.
        alpha: Share of promotions that may be by chance.
    """
    judged = [report for report in before if any(test["name"] == AGAINST_CHAMPION for test in report.tests)]
    earning = [
        number
        for number, report in enumerate(judged, start=1)
        if report.promoted and report.window[1] < window_start_us
    ]
    spent = [test.get("alpha") or 0.0 for report in judged for test in report.tests if test["name"] == AGAINST_CHAMPION]
    chance = allowed(len(judged), earning, alpha=alpha)
    return Spending(chance, sum(spent) + chance, len(judged) + 1)


def _fading(steps: int) -> float:
    return float(steps**-POWER / zeta(POWER))
