"""One night of the demo plant at its usual settings, timed by its parts.

    cp -r demo copy; python -m examples.thirty_nights.timed copy      # a finished demo's home

The day after the demo's log is simulated and read in; the night after it learns from a week of rows every five minutes
and does all that a night does unless told otherwise. Processor time counts: other work beside it does not.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from examples.bottling import demo
from examples.thirty_nights import after_demo

MAPPING = Path(__file__).parents[1] / "bottling" / "mapping.yaml"


def main() -> None:
    """Read the day in, run its night, print how long each part took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="a copy of a finished demo's home")
    os.environ["TWIN_HOME"] = str(parser.parse_args().home)
    from twin.cli.terminal import open_context
    from twin.services import ingest, night_steps

    context = open_context()
    with TemporaryDirectory() as folder:
        log = after_demo.write(Path(folder), *after_demo.went_on(1))
        ingest.ingest(context, demo.PLANT, log, MAPPING.read_text())
    spent: dict[str, float] = {}
    night_steps.STEPS = tuple((name, timed(name, step, spent)) for name, step in night_steps.STEPS)
    found = night_steps.run(context, demo.PLANT, after_demo.first_day() + timedelta(days=1))
    sys.stdout.write(f"{found.sentence}\n{table(spent)}")


def timed(name: str, step: Callable, spent: dict[str, float]) -> Callable:
    """The step, its processor seconds noted."""

    def taken(context, state, progress):
        before = time.process_time()
        after = step(context, state, progress)
        spent[name] = time.process_time() - before
        return after

    return taken


def table(spent: dict[str, float]) -> str:
    """One line a part, processor seconds."""
    rows = [f"| {name} | {seconds:.1f} |\n" for name, seconds in spent.items()]
    return "".join(["| part | processor seconds |\n| --- | --- |\n", *rows, f"| all | {sum(spent.values()):.1f} |\n"])


if __name__ == "__main__":
    main()
