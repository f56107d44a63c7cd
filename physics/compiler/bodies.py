"""Bodies of an island's functions: straight lines, or loops in which like parts do the same at the same depth.

A network of a hundred pipes has a hundred copies of some seventy statements. As straight lines they take minutes to
compile and leave the instruction cache; rolled up, text grows with the kinds of parts. Rolled values live in scratch
arrays whose places are used again as soon as nobody reads them any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from physics.compiler.elimination import table
from physics.compiler.tape import NAME, Line

Place = tuple[str, int]
"""Array and index of a value; `c?` reads a mask that is held as a number."""

CALLED = "r"
"""Array of what calls of networks give; each call has places of its own."""

Store = tuple[str, str]
"""Target, such as `f[3]`, and a text over names that it takes."""

CONSTANT = re.compile(r"\be\[(\d+)\]")
OPERAND = re.compile(rf"{NAME.pattern}|{CONSTANT.pattern}")
"""What a store may read: a name or one of the constants."""

LEAST_LOOP = 3
"""Fewer like statements than this stand as they are."""

READS = {"c?": "ne_(c[{}],SPLAT(0.0))"}


@dataclass
class _Group:
    """Like statements: a text with a slot for the target and for each operand, and the indices of each."""

    target: str
    text: str
    arrays: tuple[str, ...]
    rows: list[tuple[int, ...]] = field(default_factory=list)

    def lines(self, label: str) -> list[str]:
        if len(self.rows) < LEAST_LOOP:
            return [self._statement([str(index) for index in row]) for row in self.rows]
        width = len(self.rows[0])
        places = [f"i[{k}]" for k in range(width)]
        flat = [index for row in self.rows for index in row]
        loop = f"for(int n=0;n<{len(self.rows)};++n){{const int*i={label}+n*{width};{self._statement(places)}}}"
        return [table(label, flat), loop]

    def _statement(self, places: Sequence[str]) -> str:
        reads = [_read((array, index)) for array, index in zip(self.arrays, places[1:], strict=True)]
        if self.target == CALLED:
            return _called(self.text.format(*reads), f"{CALLED}+{places[0]}")
        return f"{self.target}[{places[0]}]={self.text.format(*reads)};"


def constant(index: int) -> str:
    """A number of a table that stores may read, like statements with different ones being one loop."""
    return f"e[{index}]"


def constants(values: Iterable[float]) -> str:
    """That table."""
    return f"static const double e[]={{{','.join(map(repr, values))}}};"


def straight(lines: Sequence[Line], outside: Callable[[str], Place], stores: Sequence[Store]) -> list[str]:
    """A body without loops; arguments as of `rolled`."""
    own = {line.name for line in lines}
    used = dict.fromkeys(name for line in lines for name in line.needs)
    used |= dict.fromkeys(name for _, text in stores for name in NAME.findall(text))
    body = [f"{_type(outside(name)[0] == 'c?')} {name}={_read(outside(name))};" for name in used if name not in own]
    body += [_line(line) for line in lines]
    return body + [f"{target}={text};" for target, text in stores]


def _line(line: Line) -> str:
    if line.width:
        return f"V {line.name}[{line.width}];{_called(line.text, line.name)}"
    return f"{_type(line.mask)} {line.name}={line.text};"


def _called(text: str, target: str) -> str:
    """A call as C: what it finds behind the held values comes first, where it writes comes last."""
    function, _, arguments = text.removesuffix(")").partition("(")
    return f"{function}(c,{arguments},{target});"


def _type(mask: bool) -> str:
    return "I" if mask else "V"


def _read(place: tuple[str, int | str]) -> str:
    array, index = place
    return READS.get(array, array + "[{}]").format(index)


def rolled(lines: Sequence[Line], outside: Callable[[str], Place], stores: Sequence[Store]) -> list[str]:
    """A body whose like statements are loops.

    Args:
        lines: What to compute, in an order in which each line follows what it needs.
        outside: Array and index of a name that the lines need but do not compute.
        stores: What to hand on.
    """
    depth = _depths(lines)
    read_until = _last_reads(lines, depth, [text for _, text in stores])
    places = _places(lines, depth, read_until)

    def at(name: str) -> Place:
        return places[name] if name in places else outside(name)

    groups: dict[tuple[int, str, str, tuple[str, ...]], _Group] = {}
    for line in sorted(lines, key=lambda own: depth[own.name]):
        if line.element:
            continue  # read where the call left it
        _add(groups, depth[line.name], places[line.name], line.shape, [at(name) for name in line.operands])
    for target, text in stores:
        array, _, index = target.rstrip("]").partition("[")
        operands = [("e", int(found[1])) if found[1] else at(found[0]) for found in OPERAND.finditer(text)]
        _add(groups, len(lines) + 1, (array, int(index)), OPERAND.sub("{}", text), operands)
    given = sum(line.width for line in lines)
    body = [f"V {CALLED}[{given}];"] if given else []
    body += [f"{_type(array == 'q')} {array}[{count}];" for array, count in _sizes(places.values())]
    for number, group in enumerate(groups.values()):
        body += group.lines(f"q{number}")
    return body


def _add(
    groups: dict[tuple[int, str, str, tuple[str, ...]], _Group],
    depth: int,
    target: Place,
    shape: str,
    operands: Sequence[Place],
) -> None:
    arrays = tuple(array for array, _ in operands)
    group = groups.setdefault((depth, target[0], shape, arrays), _Group(target[0], shape, arrays))
    group.rows.append((target[1], *(index for _, index in operands)))


def _depths(lines: Sequence[Line]) -> dict[str, int]:
    depth: dict[str, int] = {}
    for line in lines:
        depth[line.name] = 1 + max((depth.get(name, 0) for name in line.needs), default=0)
    return depth


def _last_reads(lines: Sequence[Line], depth: dict[str, int], stored: Iterable[str]) -> dict[str, int]:
    """The depth at which each value is read for the last time."""
    last = dict(depth)
    for line in lines:
        for name in line.needs:
            if name in last:
                last[name] = max(last[name], depth[line.name])
    for text in stored:
        last |= {name: len(lines) + 1 for name in NAME.findall(text) if name in last}
    return last


def _places(lines: Sequence[Line], depth: dict[str, int], read_until: dict[str, int]) -> dict[str, Place]:
    """Scratch places: numbers in `m`, masks in `q`, each free again after the depth of its last reader."""
    ending: dict[int, list[Place]] = {}
    free: dict[str, list[int]] = {"m": [], "q": []}
    count = {"m": 0, "q": 0}
    found: dict[str, Place] = {}
    reached = given = 0
    for line in sorted(lines, key=lambda own: depth[own.name]):
        if line.width:
            found[line.name], given = (CALLED, given), given + line.width
            continue
        if line.element:
            call, index = line.element
            found[line.name] = (CALLED, found[call][1] + index)
            continue
        while reached < depth[line.name]:
            for array, index in ending.pop(reached, ()):
                free[array].append(index)
            reached += 1
        array = "q" if line.mask else "m"
        if free[array]:
            index = free[array].pop()
        else:
            index, count[array] = count[array], count[array] + 1
        found[line.name] = (array, index)
        ending.setdefault(read_until[line.name], []).append(found[line.name])
    return found


def _sizes(places: Iterable[Place]) -> list[Place]:
    """The scratch arrays in use and how many places each has."""
    sizes: dict[str, int] = {}
    for array, index in places:
        if array == CALLED:
            continue
        sizes[array] = max(sizes.get(array, 0), index + 1)
    return sorted(sizes.items())
