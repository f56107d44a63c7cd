"""A correction that is written down instead of learned: a polynomial of its features, as one more type.

Equations  x = x_n + Σ c_k Π f_j, kept inside the range that the correction declares
Symbols    x the corrected quantity, x_n what a network adds where it is learned too, f_j its features as the type's law
           gives them, c_k one number per term, each term "1" or the product of one or two features: "f0 f1"
Valid      features of order one; the law with the term keeps its signs, since x keeps the correction's range
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import sympy as sp

from physics.contract import Component, Correction, Port, Quantity, Table, parameter
from twin.scene.scene import Asset
from twin.scene.terms import factors

Terms = tuple[tuple[str, tuple[str, ...]], ...]
"""Corrections with the names of their terms."""


def stated(asset: Asset, kind: type[Component]) -> tuple[Asset, type[Component]]:
    """The asset and its type with the terms that the scene states as parameters of the type."""
    if not asset.terms:
        return asset, kind
    terms = tuple((correction, tuple(values)) for correction, values in asset.terms.items())
    numbers = {
        parameter_name(correction, term): value
        for correction, values in asset.terms.items()
        for term, value in values.items()
    }
    own = kind_with(kind, terms)  # type: ignore[arg-type]  # mypy takes the metaclass's hash for the instance's
    return replace(asset, type=own.name, parameters={**asset.parameters, **numbers}, terms={}), own


def parameter_name(correction: str, term: str) -> str:
    """Name of a term's number among the parameters of its asset."""
    return f"{correction}_term_{term.replace(' ', '_')}"


def value_of(terms: Mapping[str, Any], features: Any) -> Any:
    """The polynomial: numbers, arrays or symbols alike."""
    total: Any = 0.0
    for term, number in terms.items():
        product = number
        for factor in factors(term):
            product = product * features[factor]
        total = total + product
    return total


@lru_cache(maxsize=256)
def kind_with(kind: type[Component], terms: Terms) -> type[Component]:
    """The type with terms stated; the same class for the same terms, so that plants share what is compiled."""
    wanted = Port | Quantity | Correction | Table
    declared: dict[str, Any] = {name: item for name, item in vars(kind).items() if isinstance(item, wanted)}
    ranges = {item.name: item for item in kind.declaration.corrections}
    for correction, names in terms:
        for term in names:
            declared[parameter_name(correction, term)] = parameter(
                ranges[correction].unit, f"Term {term} of {correction}", default=0.0
            )

    def law(self: Component, m: SimpleNamespace) -> dict[str, Any]:
        """The type's law with the stated corrections in place."""
        features = kind.law(self, SimpleNamespace(**{**vars(m), **dict.fromkeys(ranges, sp.Integer(0))}))
        given = {}
        for correction, names in terms:
            numbers = {term: getattr(m, parameter_name(correction, term)) for term in names}
            raw = value_of(numbers, features[f"{correction}.features"])
            given[correction] = _inside(raw + getattr(m, correction), ranges[correction])
        return kind.law(self, SimpleNamespace(**{**vars(m), **given}))

    words = ", ".join(f"{correction}: {' + '.join(names)}" for correction, names in terms)
    own = {"name": f"{kind.name} ({words})", "law": law, "failures": kind.failures, "critical": kind.critical}
    return type(f"{kind.__name__}Stated", (kind,), {**declared, **own, "__doc__": kind.__doc__})


def _inside(raw: Any, correction: Correction) -> sp.Expr:
    return sp.Piecewise((correction.low, raw < correction.low), (correction.high, raw > correction.high), (raw, True))
