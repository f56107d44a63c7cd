"""One rig that is scored by a free run: the user's verbs for each seed, the peers beside it, and its part of the page.

Every model is trained on the training record alone; the test record is simulated freely, from its first samples on, and
only scored. Each seed has a home folder of its own, so that no seed knows another's champion.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import pyarrow.parquet as pq
from typer.testing import CliRunner

from residual_models.baselines import arx, black_box
from twin.cli import build
from twin.services.judge import ARX_ORDER

HERE = Path(__file__).parent


@dataclass(frozen=True)
class FreeRun:
    """One public log.

    Attributes: plant; folder, of its plant file; file, of the log; tag, that is scored; train, test, spans; skips,
    numbers of first samples that are not scored; factor, from SI to `unit`; mark, to be reached; thin, samples of the
    log that make one for the peers; known, what others reached: model, figure, source.
    """

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
    known: tuple[tuple[str, str, str], ...]

    def run(self, data: Path, seeds: int) -> dict:
        """All seeds, and the peers beside them."""
        file = data / self.file
        rows = [self._seed(file, seed) for seed in range(seeds)]
        started = time.perf_counter()
        boxes = self._black_boxes(file, seeds)
        return {
            "seeds": rows,
            "black_box": boxes,
            "black_box_seconds": time.perf_counter() - started,
            "arx": self._linear(file),
        }

    def section(self, found: dict) -> list[str]:
        """Tables of the page."""
        rows, name = found["seeds"], str(self.skips[0])
        scores = [row["test"][name] for row in rows]
        errors = {key: [score[key] * self.factor for score in scores] for key in ("rmse", "physics", "persistence")}
        middle, worst = median(errors["rmse"]), max(errors["rmse"])
        reached = "reached" if middle <= self.mark else f"missed by {middle - self.mark:.3f} {self.unit}"
        lines = [
            f"Test RMSE in {self.unit}, {len(rows)} seeds, first {name} samples not scored. Mark {self.mark}: "
            f"{reached} (worst seed {worst:.3f}). The black boxes are ours, of like size; all of them took "
            f"{found['black_box_seconds']:.0f} s. What the plant file says, and why: examples/{self.folder}/README.md.",
            "",
            "| model | median | worst | source |",
            "| --- | --- | --- | --- |",
            _row("persistence", errors["persistence"]),
            _row(f"ARX, order {ARX_ORDER}", found["arx"]),
            _row("black box alone", found["black_box"]),
            _row("physics alone", errors["physics"]),
            _row("**the model that the gate let through**", errors["rmse"]),
            *[f"| {label} | {value} | | {source} |" for label, value, source in self.known],
            "",
        ]
        for skip in self.skips[1:]:
            later = [row["test"][str(skip)]["rmse"] * self.factor for row in rows]
            lines += [f"Scored from sample {skip} on: median {median(later):.3f}, worst {max(later):.3f}.", ""]
        lines += [
            "| seed | test | 90 % band covers | width | interval score | persistence's | band | through the gate | its "
            "last quarter: physics, hybrid | seconds |",
            "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
            *[self._line(row, score) for row, score in zip(rows, scores, strict=True)],
        ]
        return lines

    def _seed(self, file: Path, seed: int) -> dict:
        """Import, ingest, recalibrate, evaluate in an empty home."""
        with tempfile.TemporaryDirectory() as home:
            os.environ["TWIN_HOME"] = home
            folder = HERE / self.folder
            verb("plant", "import", str(folder / "plant.yaml"))
            verb("ingest", self.plant, str(file), "--mapping", str(folder / "mapping.yaml"))
            started = time.perf_counter()
            made = verb("recalibrate", self.plant, "--from", self.train[0], "--to", self.train[1], "--seed", str(seed))
            seconds = time.perf_counter() - started
            asked = ("--from", self.test[0], "--to", self.test[1], "--version", str(made["version"]))
            scores = {
                skip: verb("evaluate", self.plant, *asked, "--skip", str(skip))["tags"][self.tag] for skip in self.skips
            }
        gate = {name: values[self.tag] for name, values in made["gate"]["scores"].items()}
        candidate = "hybrid" if made["residual"] else "physics"
        print(
            f"{self.plant} seed {seed}: {scores[self.skips[0]]['rmse'] * self.factor:.3f} {self.unit}, {seconds:.0f} s"
        )
        return {
            "seed": seed, "seconds": seconds, "status": made["status"], "verdict": made["gate"]["verdict"],
            "candidate": candidate, "gate": gate, "test": scores,
        }  # fmt: skip

    def _black_boxes(self, file: Path, members: int) -> list[float]:
        """Test error of each black box, trained on the same record; a fast log is thinned for it."""
        train, test = self._records(file)
        model = black_box.train(train[0], train[1], members=members)
        return self._errors(model.free_run(test[0])[:, 0], test[1])

    def _linear(self, file: Path) -> list[float]:
        """Test error of a free run of ARX."""
        train, test = self._records(file)
        model = arx.fit(train[1], train[0], np.isfinite(train[1]), ARX_ORDER)
        found = model.free_run(test[1][:ARX_ORDER], test[0])
        return self._errors(np.concatenate([test[1][:ARX_ORDER], found]), test[1])

    def _errors(self, predicted: np.ndarray, measured: np.ndarray) -> list[float]:
        """Root mean square per model of predictions [T, M], in the rig's unit."""
        error = (predicted - measured)[-(-self.skips[0] // self.thin) :]
        return [float(value * self.factor) for value in np.sqrt((error**2).mean(axis=0))]

    def _records(self, file: Path) -> list[tuple[np.ndarray, np.ndarray]]:
        """Inputs [T, 1] and outputs [T, 1] of the training and the test record, inputs averaged where thinned."""
        if file.suffix == ".csv":
            table = np.genfromtxt(file, delimiter=",", names=True)
            pairs = [(table[f"u_{part}_V"], table[f"y_{part}_V"]) for part in ("train", "test")]
        else:
            rows = pq.read_table(file).to_pydict()
            split = np.array(rows["split"])
            pairs = [(np.array(rows["u_V"])[split == s], np.array(rows["q_m"])[split == s]) for s in ("train", "test")]
        found = []
        for u, y in pairs:
            whole = len(u) // self.thin * self.thin
            found.append((u[:whole].reshape(-1, self.thin).mean(axis=1)[:, None], y[: whole : self.thin][:, None]))
        return found

    def _line(self, row: dict, score: dict) -> str:
        share, low, high = (100 * score[key] for key in ("coverage", "coverage_low", "coverage_high"))
        own, other = score["interval_score"] * self.factor, score["persistence_interval_score"] * self.factor
        gate = (
            f"{row['gate'][name] * self.factor:.3f}" if name in row["gate"] else "–" for name in ("physics", "hybrid")
        )
        cells = (
            row["seed"], f"{score['rmse'] * self.factor:.3f}", f"{share:.1f} % [{low:.1f}, {high:.1f}]",
            f"{score['width'] * self.factor:.2f}", f"{own:.2f}", f"{other:.2f}",
            "right" if score["band_right"] else "not right", f"{row['candidate']}, {row['status']}",
            ", ".join(gate), f"{row['seconds']:.0f}",
        )  # fmt: skip
        return "| " + " | ".join(map(str, cells)) + " |"


def verb(*words: str) -> dict:
    """One `twin` verb with --json."""
    result = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"twin {' '.join(words)} ended with exit code {result.exit_code}:\n{result.output}")
    return json.loads(result.stdout)


def _row(label: str, values: list[float]) -> str:
    return f"| {label} | {median(values):.3f} | {max(values):.3f} | this run |"
