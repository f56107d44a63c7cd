"""The terminal door: `twin VERB`, one file per verb, found by itself."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import typer

from twin.cli.terminal import report_errors

EXIT_CODES = (
    "Exit codes: 0 done, 1 refused (bad input, not found, not ready), 2 wrong usage, 3 fault of ours, 130 Ctrl-C."
)


def build() -> typer.Typer:
    """Collect every verb: each module of this folder with a `register(app)`."""
    app = typer.Typer(
        help=f"Plantwin: a hybrid digital twin of a factory.\n\n{EXIT_CODES}",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for module in pkgutil.iter_modules(__path__):
        register = getattr(importlib.import_module(f"{__name__}.{module.name}"), "register", None)
        if register is not None:
            register(app)
    return app


def main() -> None:
    """Run the verb on the command line and leave with its exit code."""
    with report_errors():
        build()(standalone_mode=True)
    sys.exit(0)
