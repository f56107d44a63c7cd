"""`twin key`: API keys for programs."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from twin.cli.terminal import Json, open_context, show
from twin.records.access import Scope
from twin.services import access

Name = Annotated[str, typer.Argument(help="Whose key it is.")]
Scopes = Annotated[list[Scope], typer.Option("--scope", help="Repeat it: read, write, run, admin.")]


def register(app: typer.Typer) -> None:
    """Add the verb and its parts."""
    keys = typer.Typer(help="API keys for programs: make, list, take back.", no_args_is_help=True)

    @keys.command()
    def create(
        name: Annotated[str, typer.Argument(help="Whose key it is.")], scope: Scopes, as_json: Json = False
    ) -> None:
        """Make a key and print it, this once; only its hash is kept."""
        key, text = access.create_key(open_context(), name, tuple(scope))
        document = {"id": key.id, "name": key.name, "scopes": [held.value for held in key.scopes], "key": text}
        show(document, as_json=as_json, text=lambda found: str(found["key"]))

    @keys.command(name="list")
    def list_keys(as_json: Json = False) -> None:
        """Show every key's id, name and scopes."""
        found = [
            {"id": key.id, "name": key.name, "scopes": [held.value for held in key.scopes]}
            for key in access.list_keys(open_context())
        ]
        show(found, as_json=as_json, text=_lines)

    @keys.command()
    def remove(key: Annotated[str, typer.Argument(help="The key's id, as `twin key list` shows it.")]) -> None:
        """Take a key back; it stops working at once."""
        access.remove_key(open_context(), key)

    app.add_typer(keys, name="key")


def _lines(found: list[dict[str, Any]]) -> str:
    return "\n".join(f"{key['id']}  {key['name']}  {' '.join(key['scopes'])}" for key in found) or "no keys"
