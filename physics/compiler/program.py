"""An island's equations as C functions: what to compute once, on a change of input, and at every evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from physics.compiler.elimination import Elimination, eliminate, name
from physics.compiler.ordering import elimination_order
from physics.compiler.printer import number
from physics.compiler.sampling import own_slopes, sample_points, sampled_jacobian
from physics.compiler.system import System
from physics.compiler.tape import NAME, Line
from physics.compiler.trace import Level

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


def scaled(system: System, jacobians: NDArray[np.float64]) -> NDArray[np.float64]:
    """`M / (h gamma) - J` for short and long steps, columns in typical sizes, shape [K, n, n]."""
    mass = np.diag([1.0 if unknown.differential else 0.0 for unknown in system.unknowns])
    nominal = np.array([unknown.nominal for unknown in system.unknowns])
    return np.concatenate([rate * mass - jacobians for rate in STEP_RATES_PER_S]) * nominal


@lru_cache(maxsize=256)
def typical_slopes(system: System) -> NDArray[np.float64]:
    """Each row's slope by its own unknown at the system's own numbers, for relaxing nodes as if they stored."""
    if not system.unknowns:
        return np.zeros(0)
    return own_slopes(sampled_jacobian(system, sample_points(system)))


@lru_cache(maxsize=256)
def pivot_order(system: System) -> tuple[tuple[int, int], ...]:
    """A stable elimination order of `M / (h gamma) - J` for short and long steps."""
    if not system.unknowns:
        return ()
    jacobians = sampled_jacobian(system, sample_points(system))
    pattern = np.diag([unknown.differential for unknown in system.unknowns])
    for entry in system.jacobian:
        pattern[entry] = True
    return tuple(elimination_order(scaled(system, jacobians), pattern))


def write(system: System) -> Program:
    """Print the island's functions `once`, `on_change`, `rates`, `factor`, `solve` and `observe`."""
    pivots = pivot_order(system)
    entries = set(system.jacobian) | {(i, i) for i, u in enumerate(system.unknowns) if u.differential}
    return _Writer(system, eliminate(entries, pivots)).program()


class _Writer:
    def __init__(self, system: System, elimination: Elimination) -> None:
        self.system, self.elimination = system, elimination
        self.rows = [row.name for row in system.rows]
        self.entries = system.jacobian
        self.own = typical_slopes(system).tolist()
        roots = [*self.rows, *self.entries.values(), *system.outputs]
        self.lines = system.tape.needed(roots)
        self.slot = self._held(roots)

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
        parts = [
            self._function("once(const V*p,V*c)", once, self._stores(once), ()),
            self._function("on_change(const V*p,const V*u,V*c)", on_change, self._stores(on_change), ()),
            self._evaluation("rates(const V*z,const V*p,const V*u,const V*c,V*f)", self.rows, self._rates()),
            self._factor(),
            "FN solve(const V*L,const V*b,V*x){\n" + "\n".join(self.elimination.solve) + "\n}",
            self._evaluation(
                "observe(const V*z,const V*p,const V*u,const V*c,V*o)", self.system.outputs, self._outputs()
            ),
        ]
        return Program("\n".join(parts), len(self.slot), self.elimination.slots, tuple(self._ease()))

    def _ease(self) -> list[float]:
        """-1 / (slope nominal^2) of the algebraic rows, zero where a row does not feel its own unknown."""
        pairs = zip(self.own, self.system.unknowns, strict=True)
        return [0.0 if u.differential or own == 0.0 else -1.0 / (own * u.nominal**2) for own, u in pairs]

    def _stores(self, lines: Sequence[Line]) -> list[str]:
        return [f"c[{self.slot[line.name]}]={line.name};" for line in lines if line.name in self.slot]

    def _rates(self) -> list[str]:
        return [f"f[{i}]={name};" for i, name in enumerate(self.rows)]

    def _outputs(self) -> list[str]:
        return [f"o[{i}]={name};" for i, name in enumerate(self.system.outputs)]

    def _factor(self) -> str:
        differential = [u.differential for u in self.system.unknowns]
        matrix = []
        for i, j in sorted(set(self.entries) | {(i, i) for i, d in enumerate(differential) if d}):
            entry = f"-({self.entries[i, j]})" if (i, j) in self.entries else ""
            mass = "" if i != j else "w" if differential[i] else f"v*{number(-self.own[i])}"
            matrix.append(f"V {name((i, j))}={mass}{entry};")
        return self._evaluation(
            "factor(const V*z,const V*p,const V*u,const V*c,V w,V v,V*f,V*L)",
            [*self.rows, *self.entries.values()],
            [*self._rates(), *matrix, *self.elimination.factor],
        )

    def _evaluation(self, signature: str, roots: Sequence[str], tail: list[str]) -> str:
        dynamic = [line for line in self.system.tape.needed(roots) if line.level is Level.DYNAMIC]
        return self._function(signature, dynamic, tail, roots)

    def _function(self, signature: str, lines: Sequence[Line], tail: Sequence[str], roots: Sequence[str]) -> str:
        own = {line.name for line in lines}
        used = dict.fromkeys(n for line in lines for n in line.needs)
        used |= dict.fromkeys(n for root in roots for n in NAME.findall(root))
        body = []
        for read in used:
            if read in own:
                continue
            source = f"c[{self.slot[read]}]" if read[0] == "t" else f"{read[0]}[{read[1:]}]"
            kind = "I" if read[0] == "t" and self.system.tape.lines[read].mask else "V"
            body.append(f"{kind} {read}={source};" if kind == "V" else f"I {read}=ne_({source},SPLAT(0.0));")
        for line in lines:
            body.append(f"{'I' if line.mask else 'V'} {line.name}={line.text};")
        stores = [self._as_number(s, own) for s in tail]
        return f"FN {signature}{{\n" + "\n".join([*body, *stores]) + "\n}"

    def _as_number(self, store: str, own: set[str]) -> str:
        """A held mask is kept as one or zero."""
        target, _, value = store.rstrip(";").partition("=")
        lines = self.system.tape.lines
        if target.startswith("c[") and value in own and lines[value].mask:
            return f"{target}=select_({value},SPLAT(1.0),SPLAT(0.0));"
        return store
