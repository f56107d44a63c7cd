"""A law lowered to straight-line statements with its exact derivatives, once per class of component.

Statements are templates over local tokens: `s<k>_` is the k-th symbol of the trace, `t<k>_` an earlier statement.
Common sub-expressions are shared, and what depends on parameters or inputs alone stands in statements of its own, so
that the integrator need not repeat it.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import sympy as sp
from sympy.logic.boolalg import Boolean

from physics.compiler import derivative, disk_cache, printer, quotients
from physics.compiler.derivative import Slopes
from physics.compiler.printer import text
from physics.compiler.trace import Level, Trace

FORMAT = disk_cache.digest(
    *(Path(str(file)).read_text() for file in (__file__, printer.__file__, derivative.__file__, quotients.__file__))
)
"""Entries on disk follow from the very code that made them."""

TOKEN = re.compile(r"\b[st]\d+_")


@dataclass(frozen=True)
class Statement:
    """`name = text`; a mask holds the truth of a comparison instead of a number."""

    name: str
    text: str
    mask: bool


@dataclass(frozen=True)
class Block:
    """A lowered law.

    Attributes: locals, what `s0_`, `s1_`, ... stand for; statements, in order; values, equation key to the token or
    literal that holds it; partials, equation key to {local name: token or literal}, exact zeros left out.
    """

    locals: tuple[str, ...]
    statements: tuple[Statement, ...]
    values: dict[str, str]
    partials: dict[str, dict[str, str]]
    closures: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def needed(self, atom: str) -> tuple[int, ...]:
        """Indices of the statements that a token rests on, in order."""
        if atom not in self.closures:
            wanted, marked = [atom], set()
            while wanted:
                for token in TOKEN.findall(wanted.pop()):
                    index = int(token[1:-1])
                    if token[0] == "t" and index not in marked:
                        marked.add(index)
                        wanted.append(self.statements[index].text)
            self.closures[atom] = tuple(sorted(marked))
        return self.closures[atom]


@lru_cache(maxsize=1024)
def lower(trace: Trace) -> Block:
    """Derive a law's block, or take it from the disk when this very law was lowered before."""
    source = repr([(key, text(expression)) for key, expression in trace.equations.items()])
    shape = repr([(name, trace.levels[name].value) for name in trace.symbols])
    key = disk_cache.digest(FORMAT, sp.__version__, source, shape)
    kept = disk_cache.read("block", key)
    if kept is not None:
        return _from_json(json.loads(kept))
    block = _Lowering(trace).block()
    disk_cache.write("block", key, json.dumps(asdict(block)))
    return block


def _from_json(raw: dict[str, Any]) -> Block:
    statements = tuple(Statement(**statement) for statement in raw["statements"])
    return Block(tuple(raw["locals"]), statements, raw["values"], raw["partials"])


class _Lowering:
    """One run of: differentiate, share common sub-expressions, hoist what is not dynamic, print."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.levels = {symbol: trace.levels[name] for name, symbol in trace.symbols.items()}
        self.statements: list[Statement] = []
        self.renamed: dict[sp.Symbol, str] = {s: s.name for s in trace.symbols.values()}
        self.hoisted: dict[sp.Basic, sp.Symbol] = {}
        self.slopes = Slopes()

    def block(self) -> Block:
        equations = self.trace.equations
        partials = {
            (key, name): slope
            for key, expression in equations.items()
            if "." in key
            for name, slope in self._gradient(expression).items()
        }
        shared, lowered = sp.cse(
            quotients.shared([*equations.values(), *partials.values()]),
            symbols=sp.numbered_symbols("x"),
            optimizations=None,
        )
        for symbol, expression in shared:
            self.levels[symbol] = self._level(expression)
            self.renamed[symbol] = self._state(expression)
        atoms = [self._state(expression) for expression in lowered]
        derived: dict[str, dict[str, str]] = {}
        for (key, name), atom in zip(partials, atoms[len(equations) :], strict=True):
            derived.setdefault(key, {})[name] = atom
        values = dict(zip(equations, atoms[: len(equations)], strict=True))
        return Block(tuple(self.trace.symbols), tuple(self.statements), values, derived)

    def _gradient(self, expression: sp.Expr) -> dict[str, sp.Expr]:
        """Nonzero derivatives by the locals that move while integrating."""
        return {
            name: slope
            for name, symbol in self.trace.symbols.items()
            if self.trace.levels[name] is Level.DYNAMIC and symbol in expression.free_symbols
            if (slope := self.slopes.by(expression, symbol)) != 0
        }

    def _level(self, expression: sp.Basic) -> Level:
        return max((self.levels[s] for s in expression.free_symbols), default=Level.CONSTANT)

    def _state(self, expression: sp.Basic) -> str:
        """Token or literal that holds the expression, writing a statement where it is not one already."""
        if isinstance(expression, sp.Symbol):
            return self.renamed[expression]
        mask = isinstance(expression, Boolean)
        if not mask and expression.is_number:
            return text(expression)
        return self._write(self._hoist(expression), mask)

    def _write(self, expression: sp.Basic, mask: bool) -> str:
        plain = text(expression)
        for symbol in expression.free_symbols:
            if self.renamed[symbol] != symbol.name:
                plain = re.sub(rf"\b{symbol.name}\b", self.renamed[symbol], plain)
        name = f"t{len(self.statements)}_"
        self.statements.append(Statement(name, plain, mask))
        return name

    def _hoist(self, expression: sp.Basic) -> sp.Basic:
        """The expression with every part that changes less often moved to a statement of its own."""
        level = self._level(expression)
        if expression.is_Atom or level <= Level.PARAMETER:
            return expression
        if isinstance(expression, sp.Add | sp.Mul):
            rare = [a for a in expression.args if self._level(a) < level]
            often = [a for a in expression.args if self._level(a) >= level]
            together = [self._own(expression.func(*rare))] if rare else []
            return expression.func(*together, *(self._hoist(a) for a in often), evaluate=False)
        if isinstance(expression, sp.Piecewise | Boolean):
            return expression
        arguments = [self._own(a) if self._level(a) < level else self._hoist(a) for a in expression.args]
        return expression.func(*arguments, evaluate=False)

    def _own(self, expression: sp.Basic) -> sp.Basic:
        """A symbol that stands for a part which changes less often; small things stay as they are."""
        if expression.is_Atom or expression.is_number or isinstance(expression, Boolean):
            return expression
        if expression not in self.hoisted:
            symbol = sp.Symbol(f"h{len(self.hoisted)}", real=True)
            self.levels[symbol] = self._level(expression)
            self.renamed[symbol] = self._write(self._hoist(expression), False)
            self.hoisted[expression] = symbol
        return self.hoisted[expression]
