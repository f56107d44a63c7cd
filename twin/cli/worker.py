"""`twin worker`: the background runner in a process of its own."""

from __future__ import annotations

import os
import sys

import typer

from twin.cli.terminal import read_settings


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command()
    def worker() -> None:
        """Run long work and the nightly schedule until Ctrl-C; start as many as the machine can feed."""
        read_settings()
        sys.stdout.flush()
        os.execv(sys.executable, [sys.executable, "-m", "twin.worker"])
