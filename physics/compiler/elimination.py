"""Sparse LU whose order is fixed beforehand: as straight-line text, or as tables that two short loops follow.

Both do the same operations in the same order. Text is fastest while it fits the instruction cache; tables cost the same
text however many unknowns there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

Entry = tuple[int, int]


@dataclass
class Elimination:
    """Text that factorises and text that solves.

    Attributes: factor, statements that end with the factors in `L`; solve, statements from `b[i]` to `x[j]`;
    transposed, the same for the transposed matrix; growth,
    statements that find in `g` how small a pivot in `L` is at worst beside the largest entry right of it, columns in
    `nominal` sizes; slots, how many numbers `L` holds; place, where in `L` the matrix is expected, empty where it is in
    locals `a<i>_<j>`.
    """

    factor: list[str] = field(default_factory=list)
    solve: list[str] = field(default_factory=list)
    transposed: list[str] = field(default_factory=list)
    growth: list[str] = field(default_factory=list)
    slots: int = 0
    place: dict[Entry, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Step:
    """One pivot: its row and column, the rows below it and the columns right of it that are not zero, in order."""

    row: int
    column: int
    below: tuple[int, ...]
    right: tuple[int, ...]


def steps(entries: Iterable[Entry], pivots: Sequence[Entry]) -> list[Step]:
    """Which numbers each pivot touches, fill-in included."""
    rows_of: dict[int, set[int]] = {j: set() for _, j in pivots}
    columns_of: dict[int, set[int]] = {i: set() for i, _ in pivots}
    for i, j in entries:
        rows_of[j].add(i)
        columns_of[i].add(j)
    row_turn = {i: turn for turn, (i, _) in enumerate(pivots)}
    column_turn = {j: turn for turn, (_, j) in enumerate(pivots)}
    found = []
    for i, j in pivots:
        for column in columns_of[i]:
            rows_of[column].discard(i)
        below = tuple(sorted(rows_of[j], key=row_turn.__getitem__))
        right = tuple(sorted(columns_of[i] - {j}, key=column_turn.__getitem__))
        for row in below:
            columns_of[row].discard(j)
            columns_of[row].update(right)
        for column in right:
            rows_of[column].update(below)
        found.append(Step(i, j, below, right))
    return found


def name(entry: Entry) -> str:
    """Local variable of a matrix entry."""
    return f"a{entry[0]}_{entry[1]}"


def eliminate(entries: set[Entry], pivots: Sequence[Entry]) -> Elimination:
    """Write the factorisation and the solve for a sparsity pattern and its pivots."""
    result, present, order = Elimination(), set(entries), steps(entries, pivots)
    for turn, step in enumerate(order):
        result.factor.append(f"V d{turn}=1.0/{name((step.row, step.column))};")
        for row in step.below:
            result.factor.append(f"{name((row, step.column))}*=d{turn};")
            for column in step.right:
                product = f"{name((row, step.column))}*{name((step.row, column))}"
                known = (row, column) in present
                present.add((row, column))
                target = name((row, column))
                result.factor.append(f"{target}-={product};" if known else f"V {target}=-({product});")
    _store_and_solve(result, order)
    return result


def _store_and_solve(result: Elimination, order: Sequence[Step]) -> None:
    slot: dict[str, int] = {}
    for turn, step in enumerate(order):
        left = [name((row, step.column)) for row in step.below]
        for held in [f"d{turn}", *left, *(name((step.row, column)) for column in step.right)]:
            slot[held] = len(slot)
    result.factor += [f"L[{place}]={held};" for held, place in slot.items()]
    result.slots = len(slot)
    result.solve += [f"V b{step.row}=b[{step.row}];" for step in order]
    for step in order:
        result.solve += [f"b{row}-=L[{slot[name((row, step.column))]}]*b{step.row};" for row in step.below]
    for turn in range(len(order) - 1, -1, -1):
        step = order[turn]
        terms = "".join(f"-L[{slot[name((step.row, column))]}]*x{column}" for column in step.right)
        result.solve.append(f"V x{step.column}=(b{step.row}{terms})*L[{slot[f'd{turn}']}];")
    result.solve += [f"x[{step.column}]=x{step.column};" for step in order]
    result.transposed += [f"V c{step.column}=b[{step.column}];" for step in order]
    for turn, step in enumerate(order):
        result.transposed.append(f"V w{step.row}=c{step.column}*L[{slot[f'd{turn}']}];")
        for column in step.right:
            result.transposed.append(f"c{column}-=L[{slot[name((step.row, column))]}]*w{step.row};")
    for step in reversed(order):
        result.transposed += [f"w{step.row}-=L[{slot[name((row, step.column))]}]*w{row};" for row in step.below]
    result.transposed += [f"x[{step.row}]=w{step.row};" for step in order]
    for turn, step in enumerate(order):
        right = [f"abs_(L[{slot[name((step.row, column))]}])*nominal[{column}]" for column in step.right]
        if right:
            largest = right[0]
            for other in right[1:]:
                largest = f"most_({largest},{other})"
            result.growth.append(f"g=most_(g,abs_(L[{slot[f'd{turn}']}])*({largest})*(1.0/nominal[{step.column}]));")


FACTOR_LOOP = """const int*i=factor_table;
for(int s=0;s<N;++s){
const int pivot=*i++,below=*i++,right=*i++;
const int*r=i;i+=right;
V d=1.0/L[pivot];
L[pivot]=d;
for(int b=0;b<below;++b){
V m=L[*i]*d;
L[*i++]=m;
for(int c=0;c<right;++c){const int o=*i++;L[o]-=m*L[r[c]];}
}
}"""

SOLVE_LOOP = """V w[NZ];
for(int j=0;j<N;++j)w[j]=b[j];
const int*i=solve_table;
for(int s=0;s<N;++s){
const int row=*i++,below=*i++;
V v=w[row];
for(int k=0;k<below;++k){const int r=*i++;w[r]-=L[*i++]*v;}
}
for(int s=0;s<N;++s){
const int row=*i++,column=*i++,pivot=*i++,right=*i++;
V v=w[row];
for(int k=0;k<right;++k){const int l=*i++;v-=L[l]*x[*i++];}
x[column]=v*L[pivot];
}"""


TRANSPOSED_LOOP = """V w[NZ];
for(int j=0;j<N;++j)w[j]=b[j];
const int*i=transposed_table;
for(int s=0;s<N;++s){
const int row=*i++,column=*i++,pivot=*i++,right=*i++;
V v=w[column]*L[pivot];
for(int k=0;k<right;++k){const int l=*i++;w[*i++]-=L[l]*v;}
x[row]=v;
}
for(int s=0;s<N;++s){
const int row=*i++,below=*i++;
V v=x[row];
for(int k=0;k<below;++k){const int r=*i++;v-=L[*i++]*x[r];}
x[row]=v;
}"""

GROWTH_LOOP = """const int*i=growth_table;
for(int s=0;s<N;++s){
const int column=*i++,pivot=*i++,right=*i++;
V r=SPLAT(0.0);
for(int k=0;k<right;++k){const int l=*i++;r=most_(r,abs_(L[l])*nominal[*i++]);}
g=most_(g,abs_(L[pivot])*r*(1.0/nominal[column]));
}"""


def tabulate(entries: set[Entry], pivots: Sequence[Entry]) -> Elimination:
    """The same as tables; `L` holds the matrix, zero where it fills in, and is overwritten by its factors."""
    order = steps(entries, pivots)
    place: dict[Entry, int] = {}
    for step in order:
        touched = [(step.row, step.column), *((row, step.column) for row in step.below)]
        for entry in [*touched, *((step.row, column) for column in step.right)]:
            place.setdefault(entry, len(place))
    factor, forward, backward, growth = [], [], [], []
    for step in order:
        factor += [place[step.row, step.column], len(step.below), len(step.right)]
        factor += [place[step.row, column] for column in step.right]
        forward += [step.row, len(step.below)]
        for row in step.below:
            factor += [place[row, step.column], *(place[row, column] for column in step.right)]
            forward += [row, place[row, step.column]]
    for step in reversed(order):
        backward += [step.row, step.column, place[step.row, step.column], len(step.right)]
        backward += [number for column in step.right for number in (place[step.row, column], column)]
        growth += [step.column, place[step.row, step.column], len(step.right)]
        growth += [number for column in step.right for number in (place[step.row, column], column)]
    upper, lower = [], []
    for step in order:
        upper += [step.row, step.column, place[step.row, step.column], len(step.right)]
        upper += [number for column in step.right for number in (place[step.row, column], column)]
    for step in reversed(order):
        lower += [step.row, len(step.below)]
        lower += [number for row in step.below for number in (row, place[row, step.column])]
    return Elimination(
        [table("factor_table", factor), FACTOR_LOOP],
        [table("solve_table", [*forward, *backward]), SOLVE_LOOP],
        [table("transposed_table", [*upper, *lower]), TRANSPOSED_LOOP],
        [table("growth_table", growth), GROWTH_LOOP],
        len(place),
        place,
    )


def table(label: str, numbers: Sequence[int]) -> str:
    """A constant array of indices."""
    return f"static const int {label}[]={{{','.join(map(str, numbers or [0]))}}};"
