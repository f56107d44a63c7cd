"""The main job on the demo plant, by the same verbs that a user types: `make demo`.

A finished demo is kept in the home folder; starting it again only serves.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from typer.testing import CliRunner

from examples.bottling import reference
from twin.cli import build

HERE = Path(__file__).parent
PLANT = "bottling"
DAYS = 10
MEMBERS = "3"
"""Fewer days and members than a plant in service would use, so that a newcomer waits minutes, not an hour."""
console = Console()


class Verbs:
    """Runs `twin` verbs inside this process, so that the heavy imports are paid once."""

    def __init__(self) -> None:
        self.app, self.runner = build(), CliRunner()

    def __call__(self, *words: str) -> dict:
        """Run one verb with --json and give back its document."""
        result = self.runner.invoke(self.app, [*words, "--json"], catch_exceptions=False)
        if result.exit_code:
            raise SystemExit(f"twin {' '.join(words)} ended with exit code {result.exit_code}:\n{result.output}")
        return json.loads(result.stdout)


def main() -> None:
    """Run what is not done yet, print the report, then serve until Ctrl-C."""
    home = Path(os.environ.setdefault("TWIN_HOME", "demo")).resolve()
    os.environ["TWIN_HOME"] = str(home)
    report_file = home / "demo-report.json"
    started = time.perf_counter()
    if not report_file.exists():
        report = run_main_job(home)
        report["seconds"] = round(time.perf_counter() - started, 1)
        report_file.write_text(json.dumps(report, indent=2))
    print_report(json.loads(report_file.read_text()))
    if os.environ.get("SERVE", "1") != "0":
        console.print("Dashboard  http://127.0.0.1:8050 (Ctrl-C ends it)")
        twin = str(Path(sys.executable).with_name("twin"))
        os.execv(twin, [twin, "serve", "--with-worker"])


def run_main_job(home: Path) -> dict:
    """Import, ingest, recalibrate, what-if, predict; each step on the bar."""
    logs = home / "logs"
    logs.mkdir(parents=True, exist_ok=True)
    twin = Verbs()
    columns = (TextColumn("{task.description:<44}"), BarColumn(), TimeElapsedColumn())
    report: dict = {}
    with Progress(*columns, console=console) as bar:
        task = bar.add_task("", total=7)

        def step(text: str) -> None:
            bar.update(task, description=text)

        step("Simulating ten days of logs (reference)")
        log, events = reference.write(logs, days=DAYS)
        bar.advance(task)
        step("Importing the plant")
        twin("plant", "import", str(HERE / "plant.yaml"))
        twin("cell", "import", str(HERE / "cell"))
        bar.advance(task)
        step("Ingesting the logs")
        report["ingest"] = twin("ingest", PLANT, str(log), "--mapping", str(HERE / "mapping.yaml"))
        twin("events", "import", PLANT, str(events))
        bar.advance(task)
        step("Calibrating, learning, judging")
        report["model"] = twin("recalibrate", PLANT, "--members", MEMBERS)
        bar.advance(task)
        step("Asking: what if the pump ran at 80 %?")
        report["whatif"] = twin("whatif", PLANT, "--name", "Pump at 80 %", "--factor", "SC-101=0.8")
        bar.advance(task)
        step("Predicting failures")
        report["predict"] = twin("predict", PLANT)
        bar.advance(task)
        step("Looking at what no sensor shows")
        twin("estimate", PLANT)
        bar.advance(task)
    return report


def print_report(report: dict) -> None:
    """The five lines that matter."""
    model, ingest = report["model"], report["ingest"]
    console.rule("Plantwin demo: synthetic data")
    console.print(f"Log        {ingest['accepted']:,} readings taken in, {ingest['quarantined']} rows in quarantine")
    console.print(f"Model {model['version']}    {model['status']}: {model['gate']['verdict']}")
    console.print(f"What if    {report['whatif']['verdict']}")
    for item in sorted(report["predict"], key=lambda row: -row["probability"]["30"]["value"])[:3]:
        chance = item["probability"]["30"]
        console.print(
            f"Failure    {item['asset']}, {item['mode']}: {chance['value']:.0%} within 30 days "
            f"({chance['low']:.0%} to {chance['high']:.0%})"
        )
    console.print(f"Took       {report['seconds']:.0f} s")


if __name__ == "__main__":
    main()
