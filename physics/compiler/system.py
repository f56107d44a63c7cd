"""One island's equations `M dz/dt = g(z, p, u)` with exact Jacobian and outputs, as a straight-line program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from physics.compiler.tape import Dual, Line, Tape


@dataclass(frozen=True)
class Unknown:
    """One entry of z: its name, whether it has a rate (else a residual), typical size, start value and bounds.

    A mode is 0 or 1 and has no rate but zero; only events move it. Errors are held relative to the distance from
    `origin` plus `swing`, by which the value usually moves (its typical size where nothing else is said).
    """

    name: str
    differential: bool
    nominal: float
    start: float
    slow: bool = False
    low: float = -float("inf")
    high: float = float("inf")
    mode: bool = False
    origin: float = 0.0
    swing: float = 0.0


@dataclass(frozen=True)
class Event:
    """When `guard` (a name on the tape) rises above zero and z[target] is not `value` yet, it becomes `value`."""

    guard: str
    target: int
    value: str


@dataclass(frozen=True, eq=False)
class System:
    """An island ready for code generation; known by identity, so that what follows from it can be kept.

    Attributes: tape, the program; unknowns [n]; rows [n], rate or residual of each unknown with its slopes; outputs
    [S], names on the tape; parameters [P] and inputs [I], names in the plant, defaults beside them; representative, a
    system of the same equations whose code serves this one too, None where it needs its own; events, what happens at
    a moment instead of over time; tables, (parameter, weights) of each learned network: that parameter says which of
    the plant's sets of weights a world has.
    """

    tape: Tape
    unknowns: tuple[Unknown, ...]
    rows: tuple[Dual, ...]
    outputs: tuple[str, ...]
    parameters: tuple[str, ...]
    parameter_defaults: tuple[float, ...]
    inputs: tuple[str, ...]
    input_defaults: tuple[float, ...]
    output_names: tuple[str, ...] = field(default=())
    representative: System | None = field(default=None)
    events: tuple[Event, ...] = field(default=())
    tables: tuple[tuple[int, int], ...] = field(default=())

    @property
    def jacobian(self) -> dict[tuple[int, int], str]:
        """Names of the nonzero entries dg_i/dz_j."""
        return {(i, j): name for i, row in enumerate(self.rows) for j, name in sorted(row.slope.items())}

    @property
    def algebraic(self) -> tuple[int, ...]:
        """Indices of the unknowns without a rate."""
        return tuple(i for i, unknown in enumerate(self.unknowns) if not unknown.differential)


def run_text(lines: Sequence[Line], roots: Sequence[str]) -> str:
    """Body of a Python function that computes the roots; `z`, `p`, `u` are sequences."""
    used = {name for line in lines for name in line.needs} | set(roots)
    loads = [f"    {n} = {n[0]}[{n[1:]}]" for n in sorted(used) if n[0] in "zpu"]
    steps = [f"    {line.name} = {line.text}" for line in lines]
    return "\n".join([*loads, *steps, f"    return [{', '.join(roots)}]"])
