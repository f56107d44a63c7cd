"""One look at a law: its symbols and its equations, before any plant exists.

A local name is what the law reads: a quantity ("level_m"), a port's effort ("bottom.pressure_pa"), a port's carried
enthalpy ("bottom.enthalpy_j_per_kg"), the flow that others deliver to a fixed port ("shaft.torque_n_m"), a signal
("signal_in.value") or a learned correction ("extra_drag_n_m").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, cast

import sympy as sp

from physics.contract import DOMAINS, Component, Kind, Port


class Level(IntEnum):
    """How often an expression must be computed: never, per world, per change of an input, per evaluation."""

    CONSTANT = 0
    PARAMETER = 1
    INPUT = 2
    DYNAMIC = 3


LEVEL_OF_KIND = {
    Kind.PARAMETER: Level.PARAMETER,
    Kind.INPUT: Level.INPUT,
    Kind.STATE: Level.DYNAMIC,
    Kind.MODE: Level.DYNAMIC,
    Kind.UNKNOWN: Level.DYNAMIC,
}


@dataclass(frozen=True, eq=False)
class Trace:
    """A law as mathematics, known by identity.

    Attributes: symbols, local name to SymPy symbol; levels, how often each changes; equations, key to expression;
    observables, keys of plain numbers to look at.
    """

    symbols: dict[str, sp.Symbol]
    levels: dict[str, Level]
    equations: dict[str, sp.Expr]
    observables: tuple[str, ...] = field(default=())


def trace(component: type[Component], learned: frozenset[str] = frozenset()) -> Trace:
    """Read a component's law once; corrections that are not in `learned` are zero."""
    return _trace(cast(Any, component), learned)


@lru_cache(maxsize=1024)
def _trace(component: Any, learned: frozenset[str]) -> Trace:
    symbols: dict[str, sp.Symbol] = {}
    levels: dict[str, Level] = {}
    space: dict[str, Any] = {}

    def symbol(name: str, level: Level) -> sp.Symbol:
        symbols[name] = sp.Symbol(f"s{len(symbols)}_", real=True)
        levels[name] = level
        return symbols[name]

    for quantity in component.declaration.quantities:
        space[quantity.name] = symbol(quantity.name, LEVEL_OF_KIND[quantity.kind])
    space |= {table.name: table.of(space) for table in component.declaration.tables}
    for correction in component.declaration.corrections:
        name = correction.name
        space[name] = symbol(name, Level.DYNAMIC) if name in learned else sp.Integer(0)
    for port in component.declaration.ports:
        readable = {local: symbol(f"{port.name}.{local}", Level.DYNAMIC) for local in readable_at(port)}
        space[port.name] = SimpleNamespace(**readable)
    returned = component().law(SimpleNamespace(**space))
    equations = _flatten(returned)
    return Trace(symbols, levels, equations, tuple(k for k in equations if is_observable(component, k)))


def readable_at(port: Port) -> tuple[str, ...]:
    """Names that a law may read at one of its ports: efforts, and at a port that it fixes the flows too."""
    domain = DOMAINS[port.domain]
    if domain.flow is None:
        return () if port.fixes else (domain.effort,)
    efforts = (domain.effort, *(domain.carried[:1] if domain.carried else ()))
    flows = (domain.flow, *(domain.carried[1:] if domain.carried else ()))
    return (*efforts, *flows) if port.fixes else efforts


def _flatten(returned: Mapping[str, Any]) -> dict[str, sp.Expr]:
    """Equations by key, feature tuples spread over "<correction>.feature_<j>"."""
    equations: dict[str, sp.Expr] = {}
    for key, value in returned.items():
        if key.endswith(".features"):
            for index, feature in enumerate(value):
                equations[f"{key.removesuffix('s')}_{index}"] = _tidy(feature)
        else:
            equations[key] = _tidy(value)
    return equations


def _tidy(value: Any) -> sp.Expr:
    """A SymPy expression whose kinks can be differentiated and compared in lanes."""
    expression = sp.sympify(value)
    if expression.has(sp.Max, sp.Min):
        expression = expression.replace(lambda e: isinstance(e, sp.Max | sp.Min), lambda e: e.rewrite(sp.Piecewise))
    return expression


def is_observable(component: type[Component], key: str) -> bool:
    """Whether a key of a law is a plain number to look at rather than an equation."""
    return "." not in key and key not in component.declaration.by_name
