"""Puts numbers into a law, without the engine: it is called with symbols and evaluated by SymPy's NumPy printer."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import numpy as np
import sympy as sp

from physics.catalogue import components, symbols
from physics.contract import DOMAINS, Component


def defaults(kind: type[Component]) -> dict[str, float]:
    """A value for everything that a law may read: defaults, room temperature, atmosphere, no motion, no correction."""
    values = {quantity.name: quantity.default for quantity in kind.declaration.quantities}
    values |= {correction.name: 0.0 for correction in kind.declaration.corrections}
    for port in kind.declaration.ports:
        domain = DOMAINS[port.domain]
        values |= {name: 0.0 for name in readable(kind) if name.startswith(f"{port.name}.")}
        if f"{port.name}.{domain.effort}" in values:
            values[f"{port.name}.{domain.effort}"] = domain.default
        if f"{port.name}.enthalpy_j_per_kg" in values:
            values[f"{port.name}.enthalpy_j_per_kg"] = domain.carried_default
    return values


@cache
def readable(kind: type[Component]) -> tuple[str, ...]:
    """Local names that the law of a type may read."""
    names: list[str] = []
    for name, value in vars(symbols(kind)).items():
        if isinstance(value, tuple):
            continue  # a curve's coordinates, which stand there by themselves too
        names += [name] if isinstance(value, sp.Symbol) else [f"{name}.{local}" for local in vars(value)]
    return tuple(names)


@cache
def _function(kind: type[Component]) -> tuple[tuple[str, ...], Any]:
    returned = {}
    for key, value in kind().law(symbols(kind)).items():
        parts = value if isinstance(value, tuple) else (value,)
        returned |= {key if not isinstance(value, tuple) else f"{key}_{j}": part for j, part in enumerate(parts)}
    arguments = [sp.Symbol(name, real=True) for name in readable(kind)]
    renamed = {symbol: sp.Symbol(f"a{index}", real=True) for index, symbol in enumerate(arguments)}
    expressions = [sp.sympify(value).xreplace(renamed) for value in returned.values()]
    return tuple(returned), sp.lambdify(list(renamed.values()), expressions, "numpy", cse=True)


def evaluate(kind: type[Component] | str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a law returns at given values (paths as in the law, "inlet.pressure_pa"); the rest as in `defaults`."""
    kind = components()[kind] if isinstance(kind, str) else kind
    given = defaults(kind) | dict(values or {})
    unknown = set(given) - set(readable(kind))
    assert not unknown, f"the law of {kind.name} reads no {sorted(unknown)}"
    keys, function = _function(kind)
    return dict(zip(keys, function(*(np.asarray(given[name], float) for name in readable(kind))), strict=True))
