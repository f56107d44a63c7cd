"""Sparse LU as straight-line text: the order is fixed beforehand, so no index is ever looked up at run time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Entry = tuple[int, int]


@dataclass
class Elimination:
    """Text that factorises and text that solves.

    Attributes: factor, statements on `a<i>_<j>` that end with stores to `L`; solve, statements from `b[i]` to `x[j]`;
    slots, how many numbers `L` holds.
    """

    factor: list[str] = field(default_factory=list)
    solve: list[str] = field(default_factory=list)
    slots: int = 0


def name(entry: Entry) -> str:
    """Local variable of a matrix entry."""
    return f"a{entry[0]}_{entry[1]}"


def eliminate(entries: set[Entry], pivots: Sequence[Entry]) -> Elimination:
    """Write the factorisation and the solve for a sparsity pattern and its pivots."""
    result, present = Elimination(), set(entries)
    lower: list[list[int]] = []
    upper: list[list[int]] = []
    for step, (i, j) in enumerate(pivots):
        later_rows = [r for r, _ in pivots[step + 1 :] if (r, j) in present]
        later_columns = [c for _, c in pivots[step + 1 :] if (i, c) in present]
        lower.append(later_rows)
        upper.append(later_columns)
        result.factor.append(f"V d{step}=1.0/{name((i, j))};")
        for row in later_rows:
            result.factor.append(f"{name((row, j))}*=d{step};")
            for column in later_columns:
                product = f"{name((row, j))}*{name((i, column))}"
                known = (row, column) in present
                present.add((row, column))
                target = name((row, column))
                result.factor.append(f"{target}-={product};" if known else f"V {target}=-({product});")
    _store_and_solve(result, pivots, lower, upper)
    return result


def _store_and_solve(
    result: Elimination, pivots: Sequence[Entry], lower: list[list[int]], upper: list[list[int]]
) -> None:
    slot: dict[str, int] = {}
    for step, (i, j) in enumerate(pivots):
        for held in [f"d{step}", *(name((r, j)) for r in lower[step]), *(name((i, c)) for c in upper[step])]:
            slot[held] = len(slot)
    result.factor += [f"L[{place}]={held};" for held, place in slot.items()]
    result.slots = len(slot)
    result.solve += [f"V b{i}=b[{i}];" for i, _ in pivots]
    for step, (i, j) in enumerate(pivots):
        result.solve += [f"b{row}-=L[{slot[name((row, j))]}]*b{i};" for row in lower[step]]
    for step in range(len(pivots) - 1, -1, -1):
        i, j = pivots[step]
        terms = "".join(f"-L[{slot[name((i, c))]}]*x{c}" for c in upper[step])
        result.solve.append(f"V x{j}=(b{i}{terms})*L[{slot[f'd{step}']}];")
    result.solve += [f"x[{j}]=x{j};" for _, j in pivots]
