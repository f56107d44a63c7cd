"""Takes the worlds of a question from those that were followed for all questions.

Followed worlds are exchangeable: none of them is told from another by anything but its own chance. A simple random
sample without replacement, in an order that a seed sets, is then a draw from the present as good as the whole, and its
worlds meet the line's chance and the coming days' in the seed's own order. An interval over such worlds says what it
said before. Two seeds share those worlds that both drew: a present's own chance averages out over seeds as far as that
of all followed worlds does.

Source  Cochran, Sampling Techniques, 3rd ed. (1977), chapter 2 (simple random sampling)
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from physics.simulate import streams
from twin.estimation.follow import Followed

TIMES, MOST = 2, 512
"""So many times the worlds asked for are followed, but no more than `MOST` unless more are asked for: 512 take twice
the time of the 256 that a question has, once for all seeds."""
SEED = 0
"""Of the worlds that are followed."""


def followed_count(count: int) -> int:
    """How many worlds are followed for questions of `count`."""
    return max(count, min(TIMES * count, MOST))


def sample(found: Followed, count: int, seed: int) -> Followed:
    """As many of the followed worlds, drawn by a seed; their course is left out."""
    chosen = np.argsort(streams.uniform(seed, 0, "present", found.worlds.count))[:count]
    own = replace(found.worlds.only(chosen), seed=seed)
    return replace(found, worlds=own, disturbance=found.disturbance[..., chosen], course=None)
