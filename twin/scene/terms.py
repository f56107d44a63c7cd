"""Names of the terms that a scene may state for a correction: "1", and products of one or two of its features."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations_with_replacement

from physics import catalogue
from physics.contract import Component

CONSTANT = "1"
TERM = re.compile(r"f\d+( f\d+)?")


def factors(term: str) -> tuple[int, ...]:
    """Indices of the features that a term multiplies, none for "1"."""
    return () if term == CONSTANT else tuple(int(factor[1:]) for factor in term.split(" "))


def library(features: int) -> list[str]:
    """Every term of so many features."""
    products = (pair for size in (1, 2) for pair in combinations_with_replacement(range(features), size))
    return [CONSTANT, *(" ".join(f"f{at}" for at in pair) for pair in products)]


def feature_count(kind: type[Component], correction: str) -> int:
    """How many features a correction of a type has."""
    return len(kind().law(catalogue.symbols(kind))[f"{correction}.features"])


def unknown(terms: Iterable[str], features: int) -> list[str]:
    """The names that are no term of so many features."""
    return [term for term in terms if term != CONSTANT and not _known(term, features)]


def _known(term: str, features: int) -> bool:
    return bool(TERM.fullmatch(term)) and max(factors(term)) < features
