"""Puts numbers into a law, without the engine: it is called with symbols and evaluated by SymPy's NumPy printer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, cast

import numpy as np
import sympy as sp
from numpy.typing import NDArray

from physics.catalogue import symbols
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


def readable(kind: type[Component]) -> tuple[str, ...]:
    """Local names that the law of a type may read."""
    return _readable(cast(Any, kind))


@cache
def _readable(kind: Any) -> tuple[str, ...]:
    names: list[str] = []
    for name, value in vars(symbols(kind)).items():
        if isinstance(value, tuple):
            continue  # a curve's coordinates, which stand there by themselves too
        names += [name] if isinstance(value, sp.Symbol) else [f"{name}.{local}" for local in vars(value)]
    return tuple(names)


@lru_cache(maxsize=256)
def _function(kind: Any) -> tuple[tuple[str, ...], Any]:
    returned: dict[str, Any] = {}
    for key, value in kind().law(symbols(kind)).items():
        parts = value if isinstance(value, tuple) else (value,)
        returned |= {key if not isinstance(value, tuple) else f"{key}_{j}": part for j, part in enumerate(parts)}
    arguments = [sp.Symbol(name, real=True) for name in readable(kind)]
    renamed = {symbol: sp.Symbol(f"a{index}", real=True) for index, symbol in enumerate(arguments)}
    expressions = [sp.sympify(value).xreplace(renamed) for value in returned.values()]
    return tuple(returned), sp.lambdify(list(renamed.values()), expressions, "numpy", cse=True)


def evaluate(kind: type[Component], values: Mapping[str, Any] | None = None) -> dict[str, NDArray[np.float64]]:
    """What a law returns at given values (paths as in the law, "inlet.pressure_pa"); the rest as in `defaults`."""
    given = defaults(kind) | dict(values or {})
    unknown = set(given) - set(readable(kind))
    assert not unknown, f"the law of {kind.name} reads no {sorted(unknown)}"
    keys, function = _function(cast(Any, kind))
    found = function(*(np.asarray(given[name], float) for name in readable(kind)))
    return {key: np.asarray(value, float) for key, value in zip(keys, found, strict=True)}


def forget() -> None:
    """Have laws traced anew, for instance after the constants that they read were restated."""
    _function.cache_clear()
