"""A system's straight-line program, with derivatives carried along (forward mode over blocks).

Names: `z<i>` unknowns, `p<i>` parameters, `u<i>` inputs, `t<i>` statements; literals stand for themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from physics.compiler.block import TOKEN, Block
from physics.compiler.printer import number
from physics.compiler.trace import Level

NAME = re.compile(r"\b[zput]\d+\b")
ELEMENT = re.compile(r"(t\d+)\[(\d+)\]")
LEVELS = {"p": Level.PARAMETER, "u": Level.INPUT, "z": Level.DYNAMIC}


@dataclass(frozen=True)
class Line:
    """One statement of the program, how often it must run, and the names in its text in order, repeats included.

    `width`: how many numbers a call of a network gives; zero for a plain statement.
    """

    name: str
    text: str
    mask: bool
    level: Level
    operands: tuple[str, ...]
    width: int = 0

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The names that it reads, each once."""
        return tuple(dict.fromkeys(self.operands))

    @cached_property
    def shape(self) -> str:
        """The text with a slot for each operand, the same for like parts."""
        return NAME.sub("{}", self.text)

    @property
    def element(self) -> tuple[str, int] | None:
        """The call and the place in what it gives, where that is all there is to this statement."""
        found = ELEMENT.fullmatch(self.text)
        return (found[1], int(found[2])) if found else None


@dataclass(frozen=True)
class Dual:
    """A value and its derivatives by the unknowns, {index: name or literal}, exact zeros left out."""

    name: str
    slope: dict[int, str] = field(default_factory=dict)


ZERO = Dual("0.0")


class Tape:
    """Statements in order of writing; equal statements are written once. `networks`: layer sizes, by function."""

    def __init__(self) -> None:
        self.lines: dict[str, Line] = {}
        self.networks: dict[str, tuple[int, ...]] = {}
        self._known: dict[str, str] = {}

    def level(self, name: str) -> Level:
        """How often a name's value changes."""
        if name in self.lines:
            return self.lines[name].level
        return LEVELS.get(name[0], Level.CONSTANT)

    def write(self, text: str, mask: bool = False) -> str:
        """Add a statement; returns the name that holds it."""
        if text not in self._known:
            operands = tuple(NAME.findall(text))
            level = max((self.level(n) for n in operands), default=Level.CONSTANT)
            name = f"t{len(self.lines)}"
            self.lines[name] = Line(name, text, mask, max(level, Level.PARAMETER), operands)
            self._known[text] = name
        return self._known[text]

    def call(self, function: str, arguments: Iterable[str], width: int) -> str:
        """Add a call that gives `width` numbers, at every evaluation; returns the name that holds them."""
        text = f"{function}({','.join(arguments)})"
        if text not in self._known:
            name = f"t{len(self.lines)}"
            self.lines[name] = Line(name, text, False, Level.DYNAMIC, tuple(NAME.findall(text)), width)
            self._known[text] = name
        return self._known[text]

    def element(self, call: str, index: int) -> str:
        """One of the numbers that a call gives."""
        return self.write(f"{call}[{index}]")

    def total(self, terms: Iterable[Dual]) -> Dual:
        """Sum of duals."""
        kept = [t for t in terms if t.name != "0.0" or t.slope]
        slope: dict[int, list[str]] = {}
        for term in kept:
            for index, name in term.slope.items():
                slope.setdefault(index, []).append(name)
        return Dual(self.sum_of([t.name for t in kept]), {i: self.sum_of(names) for i, names in slope.items()})

    def negative(self, a: Dual) -> Dual:
        """Minus a."""
        return Dual(self.times("-1.0", a.name), {i: self.times("-1.0", s) for i, s in a.slope.items()})

    def product(self, a: Dual, b: Dual) -> Dual:
        """Product of a and b."""
        left = Dual("", {i: self.times(s, b.name) for i, s in a.slope.items()})
        right = Dual("", {i: self.times(a.name, s) for i, s in b.slope.items()})
        slope = {
            i: self.sum_of([d.slope[i] for d in (left, right) if i in d.slope]) for i in (*left.slope, *right.slope)
        }
        return Dual(self.times(a.name, b.name), slope)

    def inverse(self, a: Dual) -> Dual:
        """1 / a."""
        name = self.write(f"1.0/{a.name}")
        factor = self.times("-1.0", self.times(name, name)) if a.slope else "0.0"
        return Dual(name, {i: self.times(factor, s) for i, s in a.slope.items()})

    def chain(self, name: str, partials: Iterable[tuple[str, Dual]]) -> Dual:
        """Value `name` with slope sum(partial * slope of its argument)."""
        slope: dict[int, list[str]] = {}
        for partial, argument in partials:
            for index, inner in argument.slope.items():
                slope.setdefault(index, []).append(self.times(partial, inner))
        return Dual(name, {i: self.sum_of(terms) for i, terms in slope.items()})

    def sum_of(self, names: Iterable[str]) -> str:
        """Sum of names and literals; what changes less often is added up apart."""
        terms = [n for n in names if n not in ("0.0", "(-0.0)")]
        if len(terms) <= 1:
            return terms[0] if terms else "0.0"
        rare = [n for n in terms if self.level(n) < Level.DYNAMIC]
        often = [n for n in terms if self.level(n) >= Level.DYNAMIC]
        if often and len(rare) > 1:
            return self.write("+".join([self.write("+".join(rare)), *often]))
        return self.write("+".join(terms))

    def times(self, a: str, b: str) -> str:
        """Product of two names or literals."""
        if "0.0" in (a, b):
            return "0.0"
        if a == "1.0":
            return b
        if b == "1.0":
            return a
        if self._literal(a) and self._literal(b):
            return number(float(a.strip("()")) * float(b.strip("()")))
        return self.write(f"{a}*{b}")

    @staticmethod
    def _literal(name: str) -> bool:
        return not NAME.fullmatch(name)

    def needed(self, roots: Iterable[str]) -> list[Line]:
        """Statements that the roots rest on, in order."""
        marked: set[str] = set()
        wanted = [r for r in roots if r in self.lines]
        while wanted:
            name = wanted.pop()
            if name not in marked:
                marked.add(name)
                wanted.extend(n for n in self.lines[name].needs if n in self.lines)
        return [line for name, line in self.lines.items() if name in marked]


class Instance:
    """One part's use of its block; values are written to the tape when somebody asks for them."""

    def __init__(self, block: Block, tape: Tape, resolve: Callable[[str], Dual]) -> None:
        self.block, self.tape, self.resolve = block, tape, resolve
        self._names: dict[str, str] = {}

    def has(self, key: str) -> bool:
        """Whether the law has this equation."""
        return key in self.block.values

    def value(self, key: str) -> Dual:
        """An equation's value with its derivatives."""
        name = self._place(self.block.values[key])
        partials = []
        for local, atom in self.block.partials.get(key, {}).items():
            argument = self.resolve(local)
            if argument.slope:
                partials.append((self._place(atom), argument))
        return self.tape.chain(name, partials)

    def _place(self, atom: str) -> str:
        """Write what a token rests on; returns the tape's name for it."""
        for index in self.block.needed(atom):
            statement = self.block.statements[index]
            if statement.name not in self._names:
                text = TOKEN.sub(lambda match: self._token(match.group()), statement.text)
                self._names[statement.name] = self.tape.write(text, statement.mask)
        return TOKEN.sub(lambda match: self._token(match.group()), atom)

    def _token(self, token: str) -> str:
        if token[0] == "t":
            return self._names[token]
        return self.resolve(self.block.locals[int(token[1:-1])]).name
