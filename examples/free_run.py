"""One rig that is scored by a free run: a folder with plant.yaml, mapping.yaml and rig.yaml, and no code.

Every model is trained on the training record alone; the test record is simulated freely, from its first samples on, and
only scored. Each seed has a home folder of its own, so that no seed knows another's champion.
"""

from __future__ import annotations

import importlib
import json
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML
from typer.testing import CliRunner

from examples import ablations, free_run_page
from residual_models.baselines import arx, black_box
from twin.cli import build
from twin.cli.instants import instant_us
from twin.cli.terminal import open_context
from twin.records.window import SignalWindow
from twin.services import windows
from twin.services.judge import ARX_ORDER

Array = np.ndarray


@dataclass(frozen=True)
class FreeRun:
    """One log.

    Attributes: folder, with the plant's files; plant, its name; log, {file: of TWIN_DATA_DIR} or {module: that writes
    one}; train, test, spans; skip, numbers of first samples that are not scored; leads_s, of forecasts from assimilated
    states; thin, samples of the log that make one for the peers; show, per tag {per_si, unit}, SI by default; mark, to
    be reached by a single tag, in its shown unit; known, what others reached; why, what stands in the way of the mark
    or of a band; ablate, see `ablations`.
    """

    folder: Path
    plant: str
    log: Mapping[str, str]
    train: tuple[str, str]
    test: tuple[str, str]
    skip: tuple[int, ...] = (5,)
    leads_s: tuple[float, ...] = ()
    thin: int = 1
    show: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    mark: float | None = None
    known: tuple[Mapping[str, str], ...] = ()
    why: str = ""
    ablate: Mapping[str, Any] | None = None

    @staticmethod
    def of(folder: Path) -> FreeRun:
        """The rig that a folder describes."""
        yaml = YAML(typ="safe")
        told = yaml.load((folder / "rig.yaml").read_text(encoding="utf-8"))
        plant = yaml.load((folder / "plant.yaml").read_text(encoding="utf-8"))["plant"]
        lists = {key: tuple(value) for key, value in told.items() if isinstance(value, list)}
        return FreeRun(folder, plant, **{**told, **lists})

    def run(self, data: Path, seeds: int) -> dict:
        """The user's verbs for each seed."""
        with self._written(data) as log:
            return {"seeds": [self._seed(log, seed) for seed in range(seeds)]}

    def peers(self, data: Path, seeds: int) -> dict:
        """Black boxes of like size and ARX on the same records, per tag; a fast log is thinned for them."""
        with self._written(data) as log, self._ingested(log):
            train, test = (self._record(span) for span in (self.train, self.test))
        tags, started = train.tags, time.perf_counter()
        box = black_box.train(train.inputs, train.outputs, members=seeds)
        boxes = box.free_run(test.inputs)
        linear = arx.fit(train.outputs, train.inputs, np.isfinite(train.outputs), ARX_ORDER)
        run = np.concatenate([test.outputs[:ARX_ORDER], linear.free_run(test.outputs[:ARX_ORDER], test.inputs)])
        return {
            "black_box": {tag: self._errors(boxes[:, at], test, at) for at, tag in enumerate(tags)},
            "arx": {tag: self._errors(run[:, at, None], test, at) for at, tag in enumerate(tags)},
            "black_box_seconds": time.perf_counter() - started,
        }

    def ablations(self, data: Path, seeds: int) -> dict:
        """What each habit of the training is worth, on the test record; nothing where rig.yaml asks for none."""
        if self.ablate is None:
            return {}
        with self._written(data) as log, self._ingested(log):
            context = open_context()
            spans = [[instant_us(at, "rig.yaml") for at in span] for span in (self.train, self.test)]
            found = ablations.run(context, self.plant, spans[0], spans[1], self.ablate, skip=self.skip[0], seeds=seeds)
        return {"ablations": found}

    def section(self, found: dict) -> list[str]:
        """Tables of the page."""
        return free_run_page.section(self, found)

    def verdict(self, found: dict) -> tuple[str, str, str]:
        """The mark, what was reached, how many bands are right."""
        return free_run_page.verdict(self, found)

    def _seed(self, log: Path, seed: int) -> dict:
        """Import, ingest, recalibrate, evaluate, forecast in an empty home."""
        with self._ingested(log):
            wall, started = time.perf_counter(), time.process_time()
            made = verb("recalibrate", self.plant, "--from", self.train[0], "--to", self.train[1], "--seed", str(seed))
            seconds, wall = time.process_time() - started, time.perf_counter() - wall
            asked = (self.plant, "--from", self.test[0], "--to", self.test[1], "--version", str(made["version"]))
            scores = {str(skip): verb("evaluate", *asked, "--skip", str(skip))["tags"] for skip in self.skip}
            leads = [word for lead in self.leads_s for word in ("--lead", str(lead))]
            rows = verb("coverage", *asked, *leads)["rows"] if leads else []
        candidate = "hybrid" if made["residual"] else "physics"
        print(f"{self.plant} seed {seed}: {candidate}, {made['status']}, {seconds:.0f} s", flush=True)
        return {
            "seed": seed, "seconds": seconds, "wall_seconds": wall, "status": made["status"],
            "verdict": made["gate"]["verdict"], "candidate": candidate, "gate": made["gate"]["scores"],
            "test": scores, "leads": rows,
        }  # fmt: skip

    @contextmanager
    def _written(self, data: Path) -> Iterator[Path]:
        """The log: a file of the data folder, or what a module writes into a folder of its own."""
        if "file" in self.log:
            yield data / self.log["file"]
            return
        with tempfile.TemporaryDirectory() as folder:
            yield importlib.import_module(self.log["module"]).write(Path(folder))[0]

    @contextmanager
    def _ingested(self, log: Path) -> Iterator[None]:
        """A home of its own with the plant and its log."""
        with tempfile.TemporaryDirectory() as home:
            os.environ["TWIN_HOME"] = home
            verb("plant", "import", str(self.folder / "plant.yaml"))
            verb("ingest", self.plant, str(log), "--mapping", str(self.folder / "mapping.yaml"))
            yield

    def _record(self, span: tuple[str, str]) -> Peer:
        found = windows.window(open_context(), self.plant, *(instant_us(at, "rig.yaml") for at in span))
        return peer(found, self.thin)

    def _errors(self, predicted: Array, test: Peer, column: int) -> list[float]:
        """Root mean square per model of predictions [T, M], SI; gaps and first samples are not scored."""
        first = -(-self.skip[0] // self.thin)
        known = test.known[first:, column]
        error = (predicted - test.outputs[:, [column]])[first:][known]
        return [float(value) for value in np.sqrt((error**2).mean(axis=0))]


@dataclass(frozen=True)
class Peer:
    """What a peer gets: tags [S]; inputs [T, I]; outputs [T, S] without gaps, and where they are known [T, S]."""

    tags: tuple[str, ...]
    inputs: Array
    outputs: Array
    known: Array


def peer(window: SignalWindow, thin: int) -> Peer:
    """A window for models that know no gaps: inputs averaged over `thin` samples, outputs held where missing."""
    whole = window.samples // thin * thin
    inputs = window.driven[:whole].reshape(-1, thin, window.driven.shape[1]).mean(axis=1)
    known = window.mask[:whole:thin]
    last = np.maximum.accumulate(np.where(known, np.arange(len(known))[:, None], 0), axis=0)
    outputs = np.nan_to_num(np.take_along_axis(window.measured[:whole:thin], last, axis=0))
    return Peer(window.sensor_tags, inputs, outputs, known)


def verb(*words: str) -> dict:
    """One `twin` verb with --json."""
    result = CliRunner().invoke(build(), [*words, "--json"], catch_exceptions=False)
    if result.exit_code:
        raise SystemExit(f"twin {' '.join(words)} ended with exit code {result.exit_code}:\n{result.output}")
    return json.loads(result.stdout)
