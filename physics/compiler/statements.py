"""A function's statements put so that lanes run them quickly: products inside their sums, the longest ways first.

A product that a single statement reads is written into it, where a sum then takes it with one rounding. Statements that
most others wait for come early, so that the processor, which looks some two hundred operations ahead, always finds some
whose operands are there (list scheduling by critical path: Graham 1969, doi:10.1137/0117039).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from physics.compiler.tape import NAME, Line

PRODUCT = re.compile(r"(?:-?\d[\d.e+-]*|[zput]\d+)(?:\*(?:-?\d[\d.e+-]*|[zput]\d+))+")
"""Names and numbers times each other, brackets left out."""

SIGN = re.compile(r"(?<![\w.)*-])(?:\(-1\.0\)|-1\.0)\*")
"""A product with minus one, which changes a sign and so takes no multiply-add from another product of its sum."""

LONG = {"/": 13, "sqrt_(": 20, "exp_(": 70, "log_(": 70, "tanh_(": 90, "sin_(": 100, "cos_(": 100, "atan_(": 100}
"""Cycles until the result of an operation is there, beside four of a sum or product: a Zen 3 core, others are alike."""


def fused(lines: Sequence[Line], roots: Collection[str]) -> list[Line]:
    """The lines with each product that one other line reads written into that line.

    Args:
        lines: In an order in which each follows what it needs.
        roots: Names that are read from outside.
    """
    reads = Counter(name for line in lines for name in line.operands)
    kept = set(roots) | {name for line in lines if line.width for name in line.operands}
    inside: dict[str, str] = {}
    found = []
    for line in lines:
        text = SIGN.sub("-", NAME.sub(lambda name: inside.get(name[0], name[0]), line.text))
        if reads[line.name] == 1 and line.name not in kept and PRODUCT.fullmatch(re.sub(r"[()]", "", line.text)):
            inside[line.name] = f"({text})"
        else:
            same = text == line.text
            found.append(line if same else replace(line, text=text, operands=tuple(NAME.findall(text))))
    return found


def by_longest_way(lines: Sequence[Line]) -> list[Line]:
    """The lines in an order in which each follows what it needs, those before the longest chain of others first."""
    remaining: dict[str, int] = {}
    for line in reversed(lines):
        way = remaining.setdefault(line.name, 0) + _cycles(line.text)
        remaining[line.name] = way
        for name in line.needs:
            remaining[name] = max(remaining.get(name, 0), way)
    return sorted(lines, key=lambda line: -remaining[line.name])


def _cycles(text: str) -> int:
    """About how long after its operands a statement's result is there."""
    return 4 * max(1, text.count("*") + text.count("+")) + sum(cycles * text.count(op) for op, cycles in LONG.items())
