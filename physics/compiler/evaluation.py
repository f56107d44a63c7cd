"""A straight-line program in NumPy, over many samples at once: like statements of like parts are one array operation.

A network of a thousand pipes has a thousand copies of some seventy statements. Written out as Python they take longer
to compile than to run; grouped by depth and text, what is compiled grows with the kinds of parts. Networks give zero
here, as they do before anything was learned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from physics.compiler.tape import Line, Tape

SHARED_NAMES: dict[str, Any] = {
    "sqrt_": np.sqrt,
    "exp_": np.exp,
    "log_": np.log,
    "tanh_": np.tanh,
    "sin_": np.sin,
    "cos_": np.cos,
    "atan_": np.arctan,
    "off_whole_": lambda x: x - np.rint(x),
    "abs_": np.abs,
    "select_": np.where,
    "lt_": np.less,
    "le_": np.less_equal,
    "gt_": np.greater,
    "ge_": np.greater_equal,
    "eq_": np.equal,
    "ne_": np.not_equal,
    "and_": np.logical_and,
    "or_": np.logical_or,
    "not_": np.logical_not,
}

MASKS = "q"
"""Array of the statements that hold truths; numbers are in `t`."""


@dataclass
class _Group:
    """Like statements: what they do, where results go and where each operand lies, a list an operand."""

    run: Callable[..., Any]
    target: str
    arrays: tuple[str, ...]
    places: list[int] = field(default_factory=list)
    operands: list[list[int]] = field(default_factory=list)


@dataclass(frozen=True)
class _Plan:
    """Groups in order, the sizes of `t` and `q`, and the place of each root that is not a literal."""

    groups: tuple[_Group, ...]
    sizes: dict[str, int]
    places: dict[str, tuple[str, int]]


def evaluate(tape: Tape, roots: Sequence[str], z: ArrayLike, p: ArrayLike, u: ArrayLike) -> NDArray[np.float64]:
    """Values of the roots, names or literals, shape [R, K].

    Args:
        tape: The program.
        roots: What to compute.
        z: Unknowns, shape [n] or [n, K].
        p: Parameters, likewise.
        u: Inputs, likewise.
    """
    table: dict[str, NDArray[Any]] = {name: _columns(values) for name, values in (("z", z), ("p", p), ("u", u))}
    count = max(values.shape[1] for values in table.values())
    plan = _plan(tape, tuple(roots))
    table |= {"t": np.zeros((plan.sizes["t"], count)), MASKS: np.empty((plan.sizes[MASKS], count), bool)}
    with np.errstate(all="ignore"):
        for group in plan.groups:
            operands = (table[array][at] for array, at in zip(group.arrays, group.operands, strict=True))
            table[group.target][group.places] = group.run(*operands)
    found = np.empty((len(roots), count))
    for row, root in enumerate(roots):
        array, index = plan.places.get(root, ("", 0))
        found[row] = table[array][index] if array else float(root.strip("()"))
    return found


def _columns(values: ArrayLike) -> NDArray[np.float64]:
    numbers = np.asarray(values, np.float64)
    return numbers.reshape(len(numbers), -1) if numbers.size else np.zeros((0, 1))


@lru_cache(maxsize=32)
def _plan(tape: Tape, roots: tuple[str, ...]) -> _Plan:
    """How to compute the roots; a tape only grows, so that what was planned stays right."""
    lines = tape.needed(roots)
    depth: dict[str, int] = {}
    sizes = {"t": 0, MASKS: 0}
    places: dict[str, tuple[str, int]] = {}
    groups: dict[tuple[int, str, tuple[str, ...]], _Group] = {}
    for line in lines:
        array = MASKS if line.mask else "t"
        if line.element:
            call, index = line.element
            places[line.name] = ("t", places[call][1] + index)
            continue
        places[line.name] = (array, sizes[array])
        sizes[array] += line.width or 1
        if line.width:
            continue  # a network without weights gives zeros
        depth[line.name] = 1 + max((depth.get(name, 0) for name in line.needs), default=0)
        _add(groups, line, depth[line.name], places)
    ordered = tuple(groups[key] for key in sorted(groups, key=lambda key: key[0]))
    return _Plan(ordered, sizes, {root: _place(root, places) for root in roots if root[0] in "zput"})


def _place(name: str, places: dict[str, tuple[str, int]]) -> tuple[str, int]:
    return places[name] if name[0] == "t" else (name[0], int(name[1:]))


def _add(
    groups: dict[tuple[int, str, tuple[str, ...]], _Group],
    line: Line,
    depth: int,
    places: dict[str, tuple[str, int]],
) -> None:
    shape, operands = line.shape, [_place(name, places) for name in line.operands]
    array, index = places[line.name]
    key = (depth, shape, (array, *(own for own, _ in operands)))
    if key not in groups:
        groups[key] = _Group(_function(shape, len(operands)), array, key[2][1:], [], [[] for _ in operands])
    group = groups[key]
    group.places.append(index)
    for own, (_, place) in zip(group.operands, operands, strict=True):
        own.append(place)


@lru_cache(maxsize=4096)
def _function(shape: str, count: int) -> Callable[..., Any]:
    names = [f"a{k}" for k in range(count)]
    text = f"lambda {','.join(names)}: {shape.format(*names)}"
    function: Callable[..., Any] = eval(compile(text, "<statement>", "eval"), dict(SHARED_NAMES))  # our printer's text
    return function
