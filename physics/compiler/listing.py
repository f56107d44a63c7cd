"""The source that simulates one part alone, to read: C over eight worlds side by side, with the law's exact Jacobian.

An island joins these same statements, under positions instead of names; whatever its neighbours, a part adds no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from physics.compiler.block import TOKEN, Block, lower
from physics.compiler.trace import Level, Trace, readable_at, trace
from physics.contract import Component, Correction, Quantity

HEAD = """// {name}: generated from its law.
// V holds eight worlds, I their truths; sqrt_, select_, lt_ and their like work world by world.
// m is what the law reads, f what it returns, d the derivatives of f by what moves, exact zeros left out."""

OFTEN = {
    Level.PARAMETER: "// follows from parameters alone: once per world",
    Level.INPUT: "// follows from parameters and inputs: when an input changes",
    Level.DYNAMIC: "// at every evaluation",
}


def listing(kind: type[Component]) -> str:
    """C text of a component type: a struct of all that its law reads and a function `law`."""
    traced = trace(kind, frozenset(c.name for c in kind.declaration.corrections))
    block = lower(traced)
    lines = [HEAD.format(name=kind.name), "struct Read {", *_indented(_read(kind)), "};", ""]
    body = [*_statements(traced, block), *_returned(block), *_jacobian(block)]
    return "\n".join([*lines, "FN law(const Read &m, V *f, V *d) {", *_indented(body), "}"])


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _read(kind: type[Component]) -> Iterator[str]:
    """One member a quantity and correction, and a struct a port."""
    declared = kind.declaration
    items: list[Quantity | Correction] = [*declared.quantities, *declared.corrections]
    yield from (f"V {item.name};  // {item.unit}: {item.doc}" for item in items)
    for port in declared.ports:
        if readable_at(port):
            yield f"struct {{ V {', '.join(readable_at(port))}; }} {port.name};  // {port.domain}"


def _statements(traced: Trace, block: Block) -> Iterator[str]:
    """All statements, those that run seldom first; none rests on one that runs more often."""
    often: dict[str, Level] = {f"s{k}_": traced.levels[name] for k, name in enumerate(block.locals)}
    by_level: dict[Level, list[str]] = {level: [] for level in OFTEN}
    for statement in block.statements:
        level = max((often[token] for token in TOKEN.findall(statement.text)), default=Level.PARAMETER)
        often[statement.name] = max(level, Level.PARAMETER)
        text = f"{'I' if statement.mask else 'V'} {statement.name} = {_named(block, statement.text)};"
        by_level[often[statement.name]].append(text)
    for level, lines in by_level.items():
        yield from [OFTEN[level], *lines] if lines else []


def _returned(block: Block) -> Iterator[str]:
    yield "// what the law returns"
    for k, (key, atom) in enumerate(block.values.items()):
        yield f"f[{k}] = {_named(block, atom)};  // {key}"


def _jacobian(block: Block) -> Iterator[str]:
    entries = [(key, local, atom) for key, row in block.partials.items() for local, atom in row.items()]
    if entries:
        yield "// its Jacobian"
    for k, (key, local, atom) in enumerate(entries):
        yield f"d[{k}] = {_named(block, atom)};  // d({key}) / d({local})"


def _named(block: Block, text: str) -> str:
    return TOKEN.sub(lambda found: _name(block, found[0]), text)


def _name(block: Block, token: str) -> str:
    return f"m.{block.locals[int(token[1:-1])]}" if token[0] == "s" else token
