"""How verbs talk to a person: one context, progress bar, JSON or text, errors with exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from twin.errors import Fault, InvalidInput, TwinError
from twin.services.context import Context
from twin.settings import Settings

_LEFT_OPEN = ExitStack()
"""Connections of this process's verb, closed when it leaves."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON document instead of text.")]


def read_settings() -> Settings:
    """Settings from the environment.

    Raises: InvalidInput, naming each variable that cannot be understood.
    """
    try:
        return Settings()
    except ValidationError as error:
        faults = [
            Fault(f"TWIN_{str(found['loc'][0]).upper()}", repr(found["input"]), found["msg"].lower())
            for found in error.errors()
        ]
        raise InvalidInput(faults) from error


def open_context() -> Context:
    """Settings from the environment, the database migrated to head."""
    from twin.services.database import migrate

    settings = read_settings()
    migrate(settings)
    context = Context.open(settings)
    _LEFT_OPEN.callback(context.sessions.kw["bind"].dispose)
    return context


def read_text(file: Path) -> str:
    """A text file's content, standard input for "-".

    Raises: InvalidInput, when the file cannot be read as UTF-8 text.
    """
    try:
        return sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault(str(file), "bytes that are no UTF-8", "a text file", "Save it as UTF-8.")]) from error
    except OSError as error:
        raise InvalidInput([Fault(str(file), str(error.strerror).lower(), "a file that can be read")]) from error


@contextmanager
def progress_bar(title: str) -> Iterator[Callable[[float, str], None]]:
    """A progress callback: a bar on a terminal, silence elsewhere; always on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _share, _text: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(title, total=1.0)
        yield lambda share, text: bar.update(task, completed=share, description=f"{title}: {text}")


def show(document: Any, *, as_json: bool, text: Callable[[Any], str]) -> None:
    """Print a result for a program or for a person."""
    sys.stdout.write((json.dumps(document, indent=2, default=str) if as_json else text(document)) + "\n")


def table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    """Rows as aligned text under their column names."""
    if not rows:
        return "None yet."
    lines = [list(columns), *([str(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(columns))]
    padded = [[cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines]
    return "\n".join("  ".join(cells).rstrip() for cells in padded)


@contextmanager
def report_errors() -> Iterator[None]:
    """Turn our own errors into readable lines, or one JSON document beside --json, and exit code 1."""
    try:
        yield
    except TwinError as error:
        sys.stderr.write(_error_json(error) if "--json" in sys.argv else _error_lines(error))
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("TWIN_TRACEBACK"):
            raise
        sys.stderr.write(f"fault: {type(error).__name__}: {error}\nSet TWIN_TRACEBACK=1 to see where.\n")
        sys.exit(3)
    finally:
        _LEFT_OPEN.close()


def _error_lines(error: TwinError) -> str:
    faults = error.faults if isinstance(error, InvalidInput) else (error,)
    return "".join(f"error: {fault}\n" for fault in faults)


def _error_json(error: TwinError) -> str:
    faults = [asdict(fault) for fault in error.faults] if isinstance(error, InvalidInput) else []
    return json.dumps({"error": type(error).__name__, "detail": str(error), "faults": faults}) + "\n"
