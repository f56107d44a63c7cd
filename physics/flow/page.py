"""The flow types as a page to read, generated from their files and declarations."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from physics.flow.contract import FlowType, Kind, Setting

HEAD = """# Flow types

Written from the types' own files by `python -m physics.flow.page`. How a line is put together, run and read stands in
[flow.md](flow.md). Times take a number of seconds or a distribution; what says "by product" also takes a mapping from
product to value.
"""


def page(types: Mapping[str, type[FlowType]]) -> str:
    """Markdown page of all flow types."""
    return "\n".join([HEAD, *(_type(kind) for kind in types.values())])


def _type(kind: type[FlowType]) -> str:
    declared = kind.declaration
    summary, _, rest = (inspect.getdoc(inspect.getmodule(kind)) or "").partition("\n\n")
    parts = [f"## {kind.name}", summary, f"```text\n{rest}\n```" if rest else ""]
    ways = [(_port(port.name, port.many), "in", port.doc) for port in declared.inlets]
    ways += [(_port(port.name, port.many), "out", port.doc) for port in declared.outlets]
    parts.append(_table(("port", "way", "what"), ways) if ways else "")
    rows = [(f"`{item.name}`", item.doc, _default(item), _range(item)) for item in declared.settings]
    parts.append(_table(("setting", "what", "default", "range"), rows) if rows else "")
    return "\n\n".join(part for part in parts if part) + "\n"


def _port(name: str, many: bool) -> str:
    return f"`{name}_1`, `{name}_2`, …" if many else f"`{name}`"


def _default(item: Setting) -> str:
    if item.kind is Kind.PART:
        return "must be given" if item.required else "none"
    if item.kind is Kind.LISTING or item.default is None:
        return "none"
    if item.kind is Kind.CHOICE:
        return str(item.default)
    return f"{item.default:g}{'' if item.unit == '1' else f' {item.unit}'}"


def _range(item: Setting) -> str:
    said = ", ".join(item.options or item.of)
    if item.kind in (Kind.NUMBER, Kind.COUNT):
        said = f"{item.low:g} or more" if item.high == float("inf") else f"{item.low:g} to {item.high:g}"
    if item.kind is Kind.TIMES:
        said = "time or distribution"
    return f"{said}; by product" if item.by_product else said


def _table(head: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)])


if __name__ == "__main__":
    from pathlib import Path

    from physics.flow.catalogue import flow_types

    (Path(__file__).parents[2] / "docs" / "flow_types.md").write_text(page(flow_types()))
