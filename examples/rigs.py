"""The full round on public sensor logs, by the verbs that a user types: `make rigs` writes docs/rigs.md.

Every model is trained on the training record alone; the test record is simulated freely, from its first samples on, and
only scored. Each seed has a home folder of its own, so that no seed knows another's champion.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow.parquet as pq
from typer.testing import CliRunner

from residual_models.baselines import black_box
from twin.cli import build

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "rigs.md"


@dataclass(frozen=True)
class Rig:
    """One public log: where it lies, which spans train and test, how it is scored and what others reached."""

    plant: str
    folder: str
    file: str
    tag: str
    train: tuple[str, str]
    test: tuple[str, str]
    skips: tuple[int, ...]
    factor: float
    unit: str
    mark: float
    thin: int
    known: tuple[tuple[str, str], ...]


RIGS = (
    Rig(
        "cascaded-tanks", "cascaded_tanks", "cascaded_tanks.csv", "y",
        ("2017-01-01T00:00:00Z", "2017-01-01T01:08:16Z"), ("2017-01-02T00:00:00Z", "2017-01-02T01:08:16Z"),
        (5, 50), 1.0, "V", 0.22, 1,
        (("black box, CT-SUBNET (published)", "0.29–0.30"), ("grey box with overflow (published)", "0.18")),
    ),
    Rig(
        "emps", "emps", "emps.parquet", "q",
        ("2019-01-01T00:00:00Z", "2019-01-01T00:00:24.841Z"), ("2019-01-02T00:00:00Z", "2019-01-02T00:00:24.841Z"),
        (20,), 1e3, "mm", 4.0, 20,
        (("black box, CT-SUBNET (published)", "4.61"), ("dynoNet (published)", "2.64")),
    ),
)  # fmt: skip


def main() -> None:
    """Run the rigs that are asked for and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rig", choices=[rig.plant for rig in RIGS], action="append", help="By default all.")
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    data = os.environ.get("TWIN_DATA_DIR")
    if not data:
        sys.exit("TWIN_DATA_DIR is not set: it names the folder with the public logs.")
    chosen = [rig for rig in RIGS if not arguments.rig or rig.plant in arguments.rig]
    results = {rig.plant: run(rig, Path(data), arguments.seeds) for rig in chosen}
    write(results)


def run(rig: Rig, data: Path, seeds: int) -> dict:
    """All seeds of one rig, and the black box beside them."""
    file = data / rig.file
    rows = [one_seed(rig, file, seed) for seed in range(seeds)]
    return {"rig": rig.plant, "seeds": rows, "black_box": box(rig, file, seeds)}


def one_seed(rig: Rig, file: Path, seed: int) -> dict:
    """Import, ingest, recalibrate, evaluate in an empty home."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["TWIN_HOME"] = home
        folder = HERE / rig.folder
        verb("plant", "import", str(folder / "plant.yaml"))
        verb("ingest", rig.plant, str(file), "--mapping", str(folder / "mapping.yaml"))
        started = time.perf_counter()
        made = verb("recalibrate", rig.plant, "--from", rig.train[0], "--to", rig.train[1], "--seed", str(seed))
        seconds = time.perf_counter() - started
        number = ("--version", str(made["version"]))
        span = ("--from", rig.test[0], "--to", rig.test[1])
        scores = {
            skip: verb("evaluate", rig.plant, *span, *number, "--skip", str(skip))["tags"][rig.tag]
            for skip in rig.skips
        }
    found = {"seed": seed, "seconds": seconds, "status": made["status"], "verdict": made["gate"]["verdict"]}
    print(f"{rig.plant} seed {seed}: {scores[rig.skips[0]]['rmse'] * rig.factor:.3f} {rig.unit}, {seconds:.0f} s")
    return {**found, "gate": made["gate"]["scores"], "test": scores}


def verb(*words: str) -> dict:
    """One `twin` verb with --json."""
    result = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"twin {' '.join(words)} ended with exit code {result.exit_code}:\n{result.output}")
    return json.loads(result.stdout)


def box(rig: Rig, file: Path, members: int) -> list[float]:
    """Test error of each black box, trained on the same record; a fast log is thinned for it."""
    train, test = records(rig, file)
    model = black_box.train(train[0], train[1], members=members)
    predicted = model.free_run(test[0])[:, 0]
    first = -(-rig.skips[0] // rig.thin)
    error = (predicted - test[1])[first:]
    return [float(value * rig.factor) for value in np.sqrt((error**2).mean(axis=0))]


def records(rig: Rig, file: Path) -> list[tuple[np.ndarray, np.ndarray]]:
    """Inputs [T, 1] and outputs [T, 1] of the training and the test record, inputs averaged where thinned."""
    if file.suffix == ".csv":
        table = np.genfromtxt(file, delimiter=",", names=True)
        pairs = [(table[f"u_{part}_V"], table[f"y_{part}_V"]) for part in ("train", "test")]
    else:
        table = pq.read_table(file).to_pydict()
        split = np.array(table["split"])
        pairs = [tuple(np.array(table[name])[split == part] for name in ("u_V", "q_m")) for part in ("train", "test")]
    found = []
    for u, y in pairs:
        whole = len(u) // rig.thin * rig.thin
        found.append((u[:whole].reshape(-1, rig.thin).mean(axis=1)[:, None], y[: whole : rig.thin][:, None]))
    return found


def write(results: dict[str, dict]) -> None:
    """The page, rig by rig; a rig that was not run keeps its section."""
    PAGE.parent.mkdir(exist_ok=True)
    kept = PAGE.with_suffix(".json")
    known = json.loads(kept.read_text()) if kept.exists() else {}
    known |= json.loads(json.dumps(results))
    kept.write_text(json.dumps(known, indent=1))
    lines = [
        "# Public rigs",
        "",
        "Written by `make rigs`: the same `twin` verbs that a user types, trained on the training record, simulated",
        "freely over the test record from the input alone. Nothing was chosen or fitted on a test record. The band is",
        "static conformal; it is right when 90 % lies in the 95 % block-bootstrap interval of its coverage and its",
        f"interval score beats persistence. Machine: {platform.machine()}, {os.cpu_count()} cores.",
    ]
    for rig in RIGS:
        if rig.plant in known:
            lines += ["", f"## {rig.plant}", "", *section(rig, known[rig.plant])]
    PAGE.write_text("\n".join(lines) + "\n")
    print(f"wrote {PAGE}")


def section(rig: Rig, found: dict) -> list[str]:
    """Tables of one rig."""
    rows, name = found["seeds"], str(rig.skips[0])
    scores = [row["test"][name] for row in rows]
    errors = {key: [score[key] * rig.factor for score in scores] for key in ("rmse", "physics", "persistence")}
    hybrid = median(errors["rmse"])
    miss = "reached" if hybrid <= rig.mark else f"missed by {hybrid - rig.mark:.3f} {rig.unit}"
    lines = [
        f"Test RMSE in {rig.unit}, {len(rows)} seeds, first {name} samples not scored. First mark {rig.mark}: {miss}.",
        "",
        "| model | median | worst |",
        "| --- | --- | --- |",
        _row("persistence", errors["persistence"]),
        _row("physics alone", errors["physics"]),
        _row("black box of like size, ours", found["black_box"]),
        _row("**hybrid**", errors["rmse"]),
        *[f"| {label} | {value} | |" for label, value in rig.known],
        "",
    ]
    for skip in rig.skips[1:]:
        later = [row["test"][str(skip)]["rmse"] * rig.factor for row in rows]
        lines += [f"Scored from sample {skip} on: median {median(later):.3f}, worst {max(later):.3f} {rig.unit}.", ""]
    lines += [
        "| seed | test | physics | 90 % band covers | width | interval score | persistence's | band | gate | seconds |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *[_seed(rig, row, score) for row, score in zip(rows, scores, strict=True)],
    ]
    return lines


def _row(label: str, values: list[float]) -> str:
    return f"| {label} | {median(values):.3f} | {max(values):.3f} |"


def _seed(rig: Rig, row: dict, score: dict) -> str:
    share, low, high = (100 * score[key] for key in ("coverage", "coverage_low", "coverage_high"))
    own, other = score["interval_score"] * rig.factor, score["persistence_interval_score"] * rig.factor
    cells = (
        row["seed"], f"{score['rmse'] * rig.factor:.3f}", f"{score['physics'] * rig.factor:.3f}",
        f"{share:.0f} % [{low:.0f}, {high:.0f}]", f"{score['width'] * rig.factor:.2f}", f"{own:.2f}", f"{other:.2f}",
        "right" if score["band_right"] else "not right", row["status"], f"{row['seconds']:.0f}",
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
