"""Finds the few simple terms that say what a learned correction does.

Equations  x ≈ Σ c_k t_k,  t from 1, b_i, b_i², b_i b_j with b_i = f_i - r_i        BIC = n ln(RSS / n) + k ln n
Symbols    x the learned value, f_i its features, r_i a feature's value when nothing moves, n samples that say something
           of their own, k how many terms
Source     sparse choice from a library of terms: Brunton, Proctor, Kutz (2016), doi:10.1073/pnas.1517384113; here all
           subsets of at most two are tried; criterion: Schwarz (1978), doi:10.1214/aos/1176344136
Assumes    features are dimensionless, so that every term has the correction's unit
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

import numpy as np
from numpy.typing import NDArray

from twin.scene.terms import CONSTANT

Array = NDArray[np.float64]

MOST_TERMS = 2
"""More terms explain more and say less."""
SAMPLES_ALIKE = 20.0
"""Neighbouring samples of a plant that moves slowly say the same thing so many times."""


@dataclass(frozen=True)
class Proposed:
    """A polynomial for a correction.

    Attributes: powers, per term which features it multiplies, from rest ((), (0,), (0, 0), (0, 1)); numbers, one each;
    terms, the same as a scene writes it, in features themselves; explained, share of the value's mean square.
    """

    powers: tuple[tuple[int, ...], ...]
    numbers: tuple[float, ...]
    terms: dict[str, float]
    explained: float


def propose(values: Array, features: Array, rests: Sequence[float]) -> Proposed:
    """The polynomial that says most with least.

    Args:
        values: What the correction was, shape [N].
        features: What it depended on, shape [N, F].
        rests: Of each feature, F.
    """
    raised = features - np.asarray(rests)
    library = [power for size in range(3) for power in combinations_with_replacement(range(features.shape[1]), size)]
    columns = {power: np.prod(raised[:, list(power)], axis=1) for power in library}
    counted = max(len(values) / SAMPLES_ALIKE, 3.0)
    total = max(float(np.mean(values**2)), 1e-300)
    found: tuple[float, tuple[tuple[int, ...], ...], Array, float] | None = None
    for size in range(1, MOST_TERMS + 1):
        for chosen in combinations(library, size):
            matrix = np.stack([columns[power] for power in chosen], axis=1)
            numbers, *_ = np.linalg.lstsq(matrix, values, rcond=None)
            rest = max(float(np.mean((values - matrix @ numbers) ** 2)), 1e-12 * total)
            criterion = counted * np.log(rest) + size * np.log(counted)
            if found is None or criterion < found[0]:
                found = criterion, chosen, numbers, 1.0 - rest / total
    assert found is not None
    _criterion, powers, numbers, explained = found
    return Proposed(powers, tuple(map(float, numbers)), expanded(powers, numbers, rests), explained)


def expanded(
    powers: Sequence[tuple[int, ...]], numbers: Sequence[float] | Array, rests: Sequence[float]
) -> dict[str, float]:
    """A polynomial in features from rest as one in features: b_i b_j = f_i f_j - r_j f_i - r_i f_j + r_i r_j."""
    terms: dict[str, float] = {}

    def add(name: str, value: float) -> None:
        terms[name] = terms.get(name, 0.0) + value

    for power, number in zip(powers, numbers, strict=True):
        c = float(number)
        if not power:
            add(CONSTANT, c)
        elif len(power) == 1:
            add(f"f{power[0]}", c)
            add(CONSTANT, -c * rests[power[0]])
        else:
            i, j = power
            add(f"f{i} f{j}", c)
            add(f"f{i}", -c * rests[j])
            add(f"f{j}", -c * rests[i])
            add(CONSTANT, c * rests[i] * rests[j])
    return {name: value for name, value in terms.items() if value != 0.0}


def course(powers: Sequence[tuple[int, ...]], numbers: Sequence[float], names: Sequence[str]) -> str:
    """How a polynomial goes, in words, by its largest terms from rest on."""
    said = []
    for power, _number in sorted(zip(powers, numbers, strict=True), key=lambda item: -abs(item[1])):
        if not power:
            said.append("a constant share")
        elif len(power) == 1:
            said.append(f"in proportion to {names[power[0]]}")
        elif power[0] == power[1]:
            said.append(f"with the square of {names[power[0]]}")
        else:
            said.append(f"with {names[power[0]]} times {names[power[1]]}")
    return " and ".join(said)
