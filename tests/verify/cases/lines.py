"""Exact throughputs of production lines: Markov chains of exponential lines, closed forms of Bernoulli lines.

Each row is an interval of 99 % over all rows together (Bonferroni), from independent worlds after a warm-up; worlds and
horizon give it a half-width below 0.2 %. What is measured is how far the exact value lies outside the middle, in
half-widths; a half-width that is too large counts as missed. Seeds were fixed before the first run.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from scipy import stats

from physics.flow.compile import compile_line
from physics.flow.layout import Part, in_series
from physics.flow.simulate import Method, Options, simulate
from tests.verify.case import Case

SEED = 20_261_121
WORLDS, WARM_S, HORIZON_S = 256, 2_000.0, 20_000.0
HALF_WIDTH = 0.002
"""Largest half-width, relative."""

UNIT = {"exponential": {"mean_s": 1.0}}
EXPONENTIAL = (
    (2, 0, 2 / 3), (3, 0, 22 / 39), (4, 0, 0.514775), (3, 1, 0.670466), (3, 2, 0.734017), (3, 3, 0.776712),
)  # fmt: skip
"""Stations, slots between them, throughput: 2/3, 22/39 and the others from their Markov chains."""

BERNOULLI = (((0.9, 0.9), 1, 9 / 11), ((0.9, 0.9), 3, 27 / 31), ((0.9, 0.9), 10, 90 / 101),
             ((0.9, 0.85, 0.8, 0.75, 0.7), 3, 0.651913), ((0.7, 0.75, 0.8, 0.85, 0.9), 3, 0.651913))  # fmt: skip
"""Success ratios, slots between machines, throughput; two like machines: p (1 - (1 - p) / (N + 1 - p))."""

ROWS = 2 * len(EXPONENTIAL) + len(BERNOULLI)
"""Intervals that hold together: exponential lines are run by events and by the recursion."""


def line(types: list[tuple[str, dict]], slots: int):
    """Machines with buffers between them."""
    parts = [Part("source", "source")]
    for turn, (kind, settings) in enumerate(types):
        parts.append(Part(f"m{turn}", kind, settings))
        if slots and turn < len(types) - 1:
            parts.append(Part(f"b{turn}", "buffer", {"capacity_count": slots}))
    return compile_line(in_series(*parts, Part("sink", "sink")))


def outside(types: list[tuple[str, dict]], slots: int, expected: float, method: Method, seed: int) -> float:
    """Distance of the exact value from the estimate, in half-widths; infinite where those are too wide."""
    found = simulate(
        line(types, slots), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=WORLDS, seed=seed, options=Options(method=method)
    )
    assert not found.trouble()
    rates = found.throughput_per_s
    quantile = stats.t.ppf(1 - 0.01 / ROWS / 2, WORLDS - 1)
    half = quantile * rates.std(ddof=1) / np.sqrt(WORLDS)
    return float(abs(rates.mean() - expected) / half) if half < HALF_WIDTH * expected else float("inf")


def _exponential(method: Method) -> float:
    return max(
        outside([("machine", {"cycle_s": UNIT})] * count, slots, expected, method, SEED + turn)
        for turn, (count, slots, expected) in enumerate(EXPONENTIAL)
    )


def _bernoulli(rows: slice) -> float:
    return max(
        outside(
            [("bernoulli_machine", {"success_ratio": p}) for p in ratios], slots, expected, Method.EVENTS, SEED + 50
        )
        for ratios, slots, expected in BERNOULLI[rows]
    )


WHY = (
    f"99 % over {ROWS} intervals together, each less than 0.2 % of its value wide on either side, "
    f"{WORLDS} worlds of {HORIZON_S:,.0f} cycles, seed {SEED} fixed beforehand"
)
CASES = (
    Case(
        "exponential lines by events, 2 to 4 stations and buffers of 1 to 3",
        "0.666667, 0.564103, 0.514775, 0.670466, 0.734017, 0.776712 (Markov chains)",
        "throughput", 1.0, WHY, partial(_exponential, Method.EVENTS), slow=True,
    ),
    Case(
        "the same lines by the max-plus recursion",
        "the same", "throughput", 1.0, WHY, partial(_exponential, Method.RECURSION), slow=True,
    ),
    Case(
        "Bernoulli lines p = 0.9, two machines, N = 1, 3, 10",
        "0.818182, 0.870968, 0.891089 (closed form)", "throughput", 1.0, WHY, partial(_bernoulli, slice(0, 3)),
        slow=True,
    ),
    Case(
        "Bernoulli line of five machines, and reversed",
        "0.651913, both ways (reversibility)", "throughput", 1.0, WHY, partial(_bernoulli, slice(3, 5)), slow=True,
    ),
)  # fmt: skip
