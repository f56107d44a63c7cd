"""How verbs talk to a person: one context, progress bar, JSON or text, errors with exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from twin.errors import InvalidInput, TwinError
from twin.services.context import Context
from twin.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def open_context() -> Context:
    """Settings from the environment, the database migrated to head."""
    from twin.services.database import migrate

    settings = Settings()
    migrate(settings)
    return Context.open(settings)


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """A progress callback: a bar on a terminal, silence elsewhere; always on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _share, _text: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:>3.0f}%"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share, text: bar.update(task, completed=share, description=f"{title}: {text}")


def show(document: Any, *, as_json: bool, text: Callable[[Any], str]) -> None:
    """Print a result for a program or for a person."""
    sys.stdout.write((json.dumps(document, indent=2, default=str) if as_json else text(document)) + "\n")


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn our own errors into readable lines and exit code 1."""
    try:
        yield
    except InvalidInput as error:
        for fault in error.faults:
            sys.stderr.write(f"error: {fault}\n")
        sys.exit(1)
    except TwinError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("TWIN_TRACEBACK"):
            raise
        sys.stderr.write(f"fault: {type(error).__name__}: {error}\nSet TWIN_TRACEBACK=1 to see where.\n")
        sys.exit(3)
