"""The full round on public sensor logs, by the verbs that a user types: `make rigs` writes docs/rigs.md.

A rig is anything with `run(data, seeds)`, which gives plain JSON, and `section(found)`, which gives its lines of the
page: a `FreeRun`, or a module of its own where the scores are of another kind.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import platform
import sys
from pathlib import Path
from typing import Protocol

from examples.free_run import FreeRun

PAGE = Path(__file__).parent.parent / "docs" / "rigs.md"

CT_SUBNET = "Beintema, Schoukens, Tóth (ICLR 2023)"


OWN = [
    "",
    "A rig of your own is a plant file and a mapping, no code. The demo's bottling hall is one: its log comes from",
    "`examples/bottling/reference.py`, which shares no equation with the engine, and the round is five verbs:",
    "",
    "```",
    "twin plant import examples/bottling/plant.yaml",
    "twin ingest bottling LOG.csv --mapping examples/bottling/mapping.yaml",
    "twin recalibrate bottling --to INSTANT",
    "twin evaluate bottling --from INSTANT",
    "twin coverage bottling --from INSTANT --lead 300 --lead 3600 --lead 28800",
    "```",
]


class Rig(Protocol):
    """What `make rigs` needs of a rig."""

    def run(self, data: Path, seeds: int) -> dict:
        """Train and score; plain JSON."""
        ...

    def section(self, found: dict) -> list[str]:
        """Lines of the page for what `run` gave."""
        ...


FREE_RUNS = (
    FreeRun(
        "cascaded-tanks", "cascaded_tanks", "cascaded_tanks.csv", "y",
        ("2017-01-01T00:00:00Z", "2017-01-01T01:08:16Z"), ("2017-01-02T00:00:00Z", "2017-01-02T01:08:16Z"),
        (5, 50), 1.0, "V", 0.18, 1,
        (
            ("black box, CT-SUBNET", "0.29–0.30", CT_SUBNET),
            ("grey box with overflow", "0.18", "published results, nonlinearbenchmark.org"),
        ),
    ),
    FreeRun(
        "emps", "emps", "emps.parquet", "q",
        ("2019-01-01T00:00:00Z", "2019-01-01T00:00:24.841Z"), ("2019-01-02T00:00:00Z", "2019-01-02T00:00:24.841Z"),
        (20,), 1e3, "mm", 2.6, 20,
        (
            ("black box, CT-SUBNET", "4.61", CT_SUBNET),
            ("black box, LSTM and GRU", "74 and 220", "published baselines, nonlinearbenchmark.org"),
            ("block-structured network, dynoNet", "2.64", "Forgione, Piga (2021), doi:10.1002/acs.3216"),
        ),
    ),
)  # fmt: skip

OWN_SCORES = {"skab": "examples.skab.scores", "skab-hold-out": "examples.skab.held_out"}
"""Rigs with a module of their own."""

NAMES = (*(rig.plant for rig in FREE_RUNS), *OWN_SCORES)


def main() -> None:
    """Run the rigs that are asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rig", choices=NAMES, action="append", help="By default all.")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    data = os.environ.get("TWIN_DATA_DIR")
    if not data:
        sys.exit("TWIN_DATA_DIR is not set: it names the folder with the public logs.")
    for name in arguments.rig or NAMES:
        found = rig(name).run(Path(data), arguments.seeds)
        keep(name, found)


def rig(name: str) -> Rig:
    """The rig of that name."""
    if name in OWN_SCORES:
        module: Rig = importlib.import_module(OWN_SCORES[name])
        return module
    return next(known for known in FREE_RUNS if known.plant == name)


def keep(name: str, found: dict) -> None:
    """Put a rig's figures beside those of the others and write the page anew."""
    figures = PAGE.with_suffix(".json")
    known = json.loads(figures.read_text()) if figures.exists() else {}
    known[name] = json.loads(json.dumps(found)) | {"machine": machine()}
    figures.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n")
    PAGE.write_text("\n".join(page(known)) + "\n")
    print(f"wrote {PAGE} with {name}")


def page(known: dict) -> list[str]:
    """All lines of the page."""
    lines = [
        "# Public rigs",
        "",
        "Written by `make rigs` with `TWIN_DATA_DIR` set; one rig alone by `python -m examples.rigs --rig NAME`.",
        "Every model comes from the same `twin` verbs that a user types (plant import, ingest, recalibrate,",
        "evaluate), is trained on the training record and run freely over the test record from the input alone.",
        "No number is fitted on a test record. Test scores were seen while ways were settled: on the tanks the",
        "length of the filter's chunks, on EMPS how a band grows, on SKAB what its README tells; those figures are of",
        "a choice among variants. A hybrid that does not beat its own physics beyond chance on",
        "the last quarter of the training record is not shipped: then physics alone is the model that is scored. The",
        "band of a free run is static conformal, growing where its error still grew; it is right when 90 % lies in the",
        "95 % block-bootstrap interval of its coverage and",
        "its interval score beats persistence.",
    ]
    lines += OWN
    for name in NAMES:
        if name in known:
            lines += ["", f"## {name}", "", *rig(name).section(known[name]), "", f"Machine: {known[name]['machine']}."]
    return lines


def machine() -> str:
    """What the figures were made on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


if __name__ == "__main__":
    main()
