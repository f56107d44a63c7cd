"""`twin component`: the catalogue of component types, one's own included."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from physics import catalogue
from physics.compiler import page
from physics.compiler.listing import listing
from physics.contract import Component
from physics.trial.trials import trials
from twin.cli.naming import NAMING
from twin.cli.terminal import Json, read_settings, show, table
from twin.errors import Fault, InvalidInput, NotFound

Name = Annotated[str, typer.Argument(help="Component type, e.g. centrifugal_pump.")]
Code = Annotated[bool, typer.Option("--code", help="Print the generated C source of one such part, with its Jacobian.")]
File = Annotated[Path, typer.Argument(help="File with one component type of your own.")]
Folder = Annotated[Path, typer.Argument(help="Folder to write one page a type and an index to.")]

Value = TypeVar("Value")

app = typer.Typer(help="Component types: list, show, check one of your own, write the pages.", no_args_is_help=True)


def register(parent: typer.Typer) -> None:
    """Add `component` to the terminal."""
    parent.add_typer(app, name="component")


@app.command("list")
def list_(as_json: Json = False) -> None:
    """All component types with what they are."""
    rows = [
        {
            "type": name,
            "domains": ", ".join(sorted({p.domain for p in kind.declaration.ports})),
            "summary": page.summary(kind),
        }
        for name, kind in types().items()
    ]
    show(rows, as_json=as_json, text=lambda rows: table(rows, ("type", "domains", "summary")))


@app.command("show")
def show_(name: Name, code: Code = False, as_json: Json = False) -> None:
    """One type: ports, quantities, corrections, failure modes, equations."""
    found = types()
    if name not in found:
        raise NotFound("component type", name, sorted(found))
    if code:
        show({"type": name, "code": listing(found[name])}, as_json=as_json, text=lambda document: document["code"])
        return
    show(page.described(found[name]), as_json=as_json, text=lambda _: page.page(found[name]).rstrip())


@app.command()
def check(file: File, as_json: Json = False) -> None:
    """Try a file with a component type of your own as the shipped ones are tried; every fault is told."""
    kind = translated(lambda: catalogue.load(file))
    found = trials(kind, types(), NAMING)
    faults = [Fault(fault.where, fault.got, fault.need, fault.next_step) for own in found.values() for fault in own]
    if faults:
        raise InvalidInput(faults)
    show(
        page.described(kind) | {"trials": list(found)},
        as_json=as_json,
        text=lambda document: "\n".join(f"{document['type']} {trial}" for trial in document["trials"]),
    )


@app.command()
def docs(folder: Folder, as_json: Json = False) -> None:
    """Write the shipped types' pages into a folder."""
    pages = shipped_pages()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    show(
        {"folder": str(folder), "pages": len(pages)}, as_json=as_json, text=lambda d: f"{d['pages']} pages in {folder}"
    )


def shipped_pages() -> dict[str, str]:
    """Text of each page of the shipped catalogue by its file name."""
    kinds = catalogue.components()
    return {"index.md": page.index(kinds)} | {f"{name}.md": page.page(kind) for name, kind in kinds.items()}


def types() -> dict[str, type[Component]]:
    """Shipped types and those in the folders that the settings name."""
    return translated(lambda: dict(catalogue.components(read_settings().component_folders)))


def translated(call: Callable[[], Value]) -> Value:
    """Run something of the catalogue; its faults become ours."""
    try:
        return call()
    except catalogue.CatalogueRefused as refused:
        faults = [Fault(fault.where, fault.got, fault.need, fault.next_step) for fault in refused.faults]
        raise InvalidInput(faults) from refused
