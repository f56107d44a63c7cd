"""An island's equations as C functions: what to compute once, on a change of input, and at every evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from physics.compiler import perceptron, statements
from physics.compiler.bodies import Place, Store, constant, constants, rolled, straight
from physics.compiler.elimination import Elimination, eliminate, name, tabulate
from physics.compiler.lanes import FLOAT64, Real
from physics.compiler.ordering import elimination_order
from physics.compiler.printer import number
from physics.compiler.sampling import Samples, own_jacobian, own_slopes
from physics.compiler.system import System
from physics.compiler.tape import Line
from physics.compiler.trace import Level

STRAIGHT_STATEMENTS = 400
"""Up to so many statements an evaluation, straight lines are quickest to run and cost a few seconds to compile."""

LEAST_REPETITION = 4
"""Longer code is rolled into loops where that leaves at most one statement in so many."""

STEP_RATES_PER_S = (1e-6, 1e-3, 1.0, 1e3, 1e12)
"""Values of 1 / (h gamma) at which pivots must be stable, from a day-long step to consistent initialisation."""


@dataclass(frozen=True)
class Program:
    """C functions of one island.

    Attributes: functions, the text; held and slots, sizes of the arrays `c` and `L`; ease [n], weights under which the
    algebraic rows' steps and residuals must point the same way while they are eased in.
    """

    functions: str
    held: int
    slots: int
    ease: tuple[float, ...]


def scaled(system: System, samples: Samples) -> Samples:
    """`M / (h gamma) - J` for short and long steps, columns in typical sizes; K grows by the number of steps."""
    stored = [i for i, unknown in enumerate(system.unknowns) if unknown.differential]
    slot = {entry: k for k, entry in enumerate(zip(samples.rows.tolist(), samples.columns.tolist(), strict=True))}
    places = np.array([slot.setdefault((i, i), len(slot)) for i in stored], np.intp)
    rows, columns = np.array(list(slot), np.intp).reshape(-1, 2).T
    values = np.zeros((len(STEP_RATES_PER_S), len(slot), samples.count))
    values[:, : len(samples.rows)] = -samples.values
    values[:, places] += np.array(STEP_RATES_PER_S)[:, None, None]
    nominal = np.array([unknown.nominal for unknown in system.unknowns])
    values *= nominal[columns][:, None]
    return Samples(samples.size, rows, columns, values.transpose(1, 0, 2).reshape(len(slot), -1))


@lru_cache(maxsize=256)
def typical_slopes(system: System) -> NDArray[np.float64]:
    """Each row's slope by its own unknown at the system's own numbers, for relaxing nodes as if they stored."""
    return own_slopes(own_jacobian(system)) if system.unknowns else np.zeros(0)


@lru_cache(maxsize=256)
def pivot_order(system: System) -> tuple[tuple[int, int], ...]:
    """A stable elimination order of `M / (h gamma) - J` for short and long steps."""
    return tuple(elimination_order(scaled(system, own_jacobian(system)))) if system.unknowns else ()


def write(
    system: System,
    *,
    implicit: bool = True,
    straight_statements: int = STRAIGHT_STATEMENTS,
    real: Real = FLOAT64,
    backward: Mapping[str, Sequence[str]] | None = None,
) -> Program:
    """Print the island's functions `once`, `on_change`, `rates`, `factor`, `solve`, `observe` and `guards`.

    Args:
        system: The island.
        implicit: Whether the integrator needs `factor` and `solve`.
        straight_statements: Longer evaluations are rolled into loops over tables, if they repeat themselves.
        real: The numbers, which networks are written for.
        backward: Further functions by name, and what each returns, for an adjoint.
    """
    return _Writer(system, implicit, straight_statements, real, backward or {}).program()


class _Writer:
    def __init__(
        self,
        system: System,
        implicit: bool,
        straight_statements: int,
        real: Real,
        backward: Mapping[str, Sequence[str]],
    ) -> None:
        self.system, self.implicit, self.real, self.backward = system, implicit, real, backward
        self.rows = [row.name for row in system.rows]
        self.entries = system.jacobian if implicit else {}
        self.pattern = set(self.entries) | {(i, i) for i, u in enumerate(system.unknowns) if u.differential}
        self.own = typical_slopes(system).tolist() if implicit else [0.0] * len(self.rows)
        self.events = [name for event in system.events for name in (event.guard, event.value)]
        roots = [*self.rows, *self.entries.values(), *system.outputs, *self.events]
        roots += [name for names in backward.values() for name in names]
        self.lines = system.tape.needed(roots)
        self.slot = self._held(roots)
        roll = self._repeats(straight_statements)
        self.body = rolled if roll else straight
        self.elimination = Elimination()
        if implicit:
            self.elimination = (tabulate if roll else eliminate)(self.pattern, pivot_order(system))

    def _repeats(self, straight_statements: int) -> bool:
        every = [line for line in self.lines if line.level is Level.DYNAMIC]
        return len(every) > straight_statements and len(every) >= LEAST_REPETITION * len(
            rolled(every, self._outside, ())
        )

    def _held(self, roots: Sequence[str]) -> dict[str, int]:
        """Slots for results of `once` and `on_change` that later functions read."""
        level = self.system.tape.level
        wanted = {r for r in roots if r[0] == "t"}
        for line in self.lines:
            wanted.update(n for n in line.needs if n[0] == "t" and level(n) < line.level)
        return {
            n: k for k, n in enumerate(line.name for line in self.lines if line.name in wanted and level(line.name) < 3)
        }

    def program(self) -> Program:
        once = [line for line in self.lines if line.level <= Level.PARAMETER]
        on_change = [line for line in self.lines if line.level is Level.INPUT]
        rates = [(f"f[{i}]", name) for i, name in enumerate(self.rows)]
        outputs = [(f"o[{i}]", name) for i, name in enumerate(self.system.outputs)]
        guards = [(f"g[{e}]", event.guard) for e, event in enumerate(self.system.events)]
        guards += [(f"v[{e}]", event.value) for e, event in enumerate(self.system.events)]
        reads = "const V*z,const V*p,const V*u,const V*c"
        parts = [
            perceptron.functions(self.system.tape.networks.values(), self.real, pulls=bool(self.backward)),
            self._function("once(const V*p,V*c)", once, self._kept(once)),
            self._function("on_change(const V*p,const V*u,V*c)", on_change, self._kept(on_change)),
            self._function(f"rates({reads},V*f)", self._dynamic(self.rows), rates),
            self._function(f"observe({reads},V*o)", self._dynamic(self.system.outputs), outputs),
            self._function(f"guards({reads},V*g,V*v)", self._dynamic(self.events), guards),
        ]
        for label, names in self.backward.items():
            stores = [(f"f[{k}]", name) for k, name in enumerate(names)]
            parts.append(self._function(f"{label}({reads},V*f)", self._dynamic(names), stores))
        if self.implicit:
            every = self._dynamic([*self.rows, *self.entries.values()])
            stores = [*rates, *self._matrix()]
            factor = [*self._slopes(), *self.body(every, self._outside, stores), *self.elimination.factor]
            parts += [
                _text(f"factor({reads},V w,V v,V*f,V*L)", factor),
                _text("solve(const V*L,const V*b,V*x)", self.elimination.solve),
                *self._transposed(),
                _text(
                    "growth(const V*L,const REAL*nominal,V*worst)",
                    ["V g=SPLAT(0.0);", *self.elimination.growth, "*worst=g;"],
                ),
            ]
        return Program("\n".join(parts), len(self.slot), self.elimination.slots, tuple(self._ease()))

    def _ease(self) -> list[float]:
        """-1 / (slope nominal^2) of the algebraic rows, zero where a row does not feel its own unknown."""
        pairs = zip(self.own, self.system.unknowns, strict=True)
        return [0.0 if u.differential or own == 0.0 else -1.0 / (own * u.nominal**2) for own, u in pairs]

    def _kept(self, lines: Sequence[Line]) -> list[Store]:
        """Stores of what later functions read; a mask is kept as one or zero."""
        return [
            (f"c[{self.slot[line.name]}]", f"select_({line.name},SPLAT(1.0),SPLAT(0.0))" if line.mask else line.name)
            for line in lines
            if line.name in self.slot
        ]

    def _matrix(self) -> list[Store]:
        """Entries of `w M - J`, with `v` times its typical size on the diagonal of rows without storage."""
        place, found = self.elimination.place, []
        for i, j in sorted(self.pattern):
            entry = f"-({self.entries[i, j]})" if (i, j) in self.entries else ""
            mass = "" if i != j else "w" if self.system.unknowns[i].differential else f"v*{self._slope(i)}"
            found.append((f"L[{place[i, j]}]" if place else f"V {name((i, j))}", mass + entry))
        return found + [(f"L[{k}]", "0.0") for entry, k in place.items() if entry not in self.pattern]

    def _slope(self, i: int) -> str:
        """Minus a row's typical slope: a number where code is straight, a place in a table where it is rolled."""
        return constant(i) if self.body is rolled else number(-self.own[i])

    def _slopes(self) -> list[str]:
        return [constants([-own for own in self.own])] if self.body is rolled else []

    def _dynamic(self, roots: Sequence[str]) -> list[Line]:
        """What an evaluation of the roots runs; rolled code finds an order of its own."""
        lines = [line for line in self.system.tape.needed(roots) if line.level is Level.DYNAMIC]
        lines = statements.fused(lines, roots)
        return lines if self.body is rolled else statements.by_longest_way(lines)

    def _transposed(self) -> list[str]:
        """What an adjoint solves."""
        text = self.elimination.transposed
        return [_text("solve_transposed(const V*L,const V*b,V*x)", text)] if self.backward else []

    def _function(self, signature: str, lines: Sequence[Line], stores: Sequence[Store]) -> str:
        return _text(signature, self.body(lines, self._outside, stores))

    def _outside(self, name: str) -> Place:
        """Where a function finds a name that it does not compute."""
        if name[0] == "t":
            return ("c?" if self.system.tape.lines[name].mask else "c", self.slot[name])
        return name[0], int(name[1:])


def _text(signature: str, body: Sequence[str]) -> str:
    return f"FN {signature}{{\n" + "\n".join(body) + "\n}"
