"""Filters held against the demo plant's truth on days that no model has seen.

    cp -r demo copy; python -m examples.thirty_nights.filters copy      # a finished demo's home; some 10 minutes

Every few hours of the days after the demo's log the plant is followed by each filter and forecast for twelve hours.
Errors are those of the worlds' median from what was true, not from what sensors read, by the usual spread of a tag; a
line is their mean over tags beside the first filter's, with the standard error over days (jackknife: what one day's
looks share is not told by the tags). Below it, how much of what was true lies in 90 % of the worlds, and of the worlds
and their disturbances: a tag's variance is that among the worlds and what its disturbance may become by then.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from examples.bottling import demo
from examples.thirty_nights import after_demo
from examples.thirty_nights.timed import MAPPING

WORLDS, SETTLED = 256, 100
SURE_SD = 1.645
"""Standard deviations to either side that hold 90 % of a Gaussian."""
LEADS = {"now": 0, "1 h": 12, "4 h": 48, "12 h": 143}
"""Samples ahead, of five minutes each."""
DAY_US, STEP_US = 86_400_000_000, 300_000_000


def main() -> None:
    """Read the days in, follow and forecast, print the comparison for the hybrid and for its physics alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("home", type=Path, help="a copy of a finished demo's home")
    parser.add_argument("--hours", type=int, default=4, help="from one look to the next")
    parser.add_argument("--days", type=int, default=4, help="that the trial lasts")
    asked = parser.parse_args()
    os.environ["TWIN_HOME"] = str(asked.home)
    from twin.cli.terminal import open_context
    from twin.estimation.disturbance import known
    from twin.estimation.follow import Ensemble
    from twin.estimation.unscented import Points
    from twin.services import ingest
    from twin.services.basis import stand_on

    context, (drives, truth) = open_context(), after_demo.went_on(asked.days)
    with TemporaryDirectory() as folder:
        ingest.ingest(context, demo.PLANT, after_demo.write(Path(folder), drives, truth), MAPPING.read_text())
    begin_us = round(drives.times[0].timestamp() * 1e6)
    basis = stand_on(context, demo.PLANT)
    alone = replace(basis, version=replace(basis.version, residual=None))
    judged = known(basis.band.errors, basis.assembly.sensor_tags)
    unjudged = physics_beside(context, alone, begin_us)
    ways: dict[str, tuple[Any, Any, Any]] = {
        "hybrid, ensemble": (basis, Ensemble, judged.cautious()),
        "hybrid, ensemble that trusts its disturbances": (basis, Ensemble, judged),
        "physics, ensemble": (alone, Ensemble, unjudged),
        "physics, unscented": (alone, Points, unjudged),
    }
    hop_us = asked.hours * 3_600_000_000
    errors = {name: Errors(context, truth, begin_us, *way) for name, way in ways.items()}
    end_us = begin_us + (demo.DAYS + asked.days) * DAY_US - (max(LEADS.values()) + 1) * STEP_US
    for now_us in range(begin_us + demo.DAYS * DAY_US + hop_us, end_us, hop_us):
        for found in errors.values():
            found.add(now_us)
    for name, found in errors.items():
        first = errors[name.partition(",")[0] + ", ensemble"]
        sys.stdout.write(f"{name}: {np.mean(found.seconds):.2f} processor s; {found.beside(first)}\n{found.held()}\n")


def physics_beside(context, basis, begin_us: int):
    """What tags read beside a free run of physics alone over the demo's last six days, as a gate would judge it."""
    from twin.estimation.disturbance import told_apart
    from twin.services import present
    from twin.services.windows import window

    seen = window(context, demo.PLANT, begin_us + 4 * DAY_US, begin_us + demo.DAYS * DAY_US, revision=basis.revision)
    drawn = basis.worlds(WORLDS, 0)
    middle = replace(
        drawn, parameters=drawn.parameters.mean(axis=1, keepdims=True), start=drawn.start.mean(axis=1, keepdims=True)
    )
    columns = [basis.model.output_names.index(path) for path in basis.assembly.outputs]
    outputs = present.run(middle, present.driven_inputs(basis, seen), seen.step_s).outputs[:, columns, 0]
    noise_sd = np.array([basis.assembly.noise_sd.get(tag, 0.0) for tag in basis.assembly.sensor_tags])
    return told_apart((outputs - present.modelled(basis, seen))[SETTLED:], seen.step_s, noise_sd)


class Errors:
    """Of one way to follow one model, all along."""

    def __init__(self, context, truth, begin_us: int, basis, way, disturbance) -> None:
        self.context, self.truth, self.begin_us, self.basis = context, truth, begin_us, basis
        self.way, self.disturbance = way, disturbance
        self.seconds: list[float] = []
        self.of: list[np.ndarray] = []
        self.variance: list[np.ndarray] = []
        self.day: list[int] = []

    def add(self, now_us: int) -> None:
        """Follow until then and forecast."""
        from twin.estimation.follow import follow
        from twin.services import present
        from twin.services.windows import window

        basis, tags, beside = self.basis, self.basis.assembly.sensor_tags, self.disturbance
        history = present._history(self.context, demo.PLANT, basis, now_us, None)
        asked = present._asked(self.context, demo.PLANT, basis, history, basis.worlds(WORLDS, now_us % 997))
        worlds = present.movable(present._settled(basis, asked), basis.residual)
        begun = time.process_time()
        found = follow(
            worlds, basis.assembly, asked.inputs, asked.measured, sample_s=asked.step_s, every=asked.every,
            disturbance=beside, way=self.way,
        )  # fmt: skip
        self.seconds.append(time.process_time() - begun)
        until_us = now_us + (LEADS["12 h"] + 2) * STEP_US
        ahead = window(self.context, demo.PLANT, now_us, until_us, revision=basis.revision)
        run = present.run(found.worlds, present.driven_inputs(basis, ahead), asked.step_s)
        columns = [basis.model.output_names.index(path) for path in basis.assembly.outputs]
        leads_s = np.array(list(LEADS.values())) * asked.step_s
        left, size = beside.onward(leads_s, asked.every, asked.step_s), beside.means(asked.every, asked.step_s)[0]
        rows = (now_us - self.begin_us) // 60_000_000 + 5 * np.array(list(LEADS.values()))
        off = run.outputs[list(LEADS.values())][:, columns] + np.einsum("hjs,jsw->hsw", left, found.disturbance)
        fresh = (beside.sd**2 - left**2 * size**2).sum(axis=1)
        self.day.append((now_us - self.begin_us) // DAY_US)
        self.of.append(np.nanmedian(off, axis=2) - np.array([self.truth[tag][rows] for tag in tags]).T)
        self.variance.append(np.stack([np.nanvar(off, axis=2), np.nanvar(off, axis=2) + fresh]))

    def beside(self, other: Errors) -> str:
        """Root mean square errors, each lead's mean log ratio over the tags."""
        days = np.array(self.day)
        whole = self._ratio(other, days >= 0)
        without = np.array([self._ratio(other, days != day) for day in np.unique(days)])
        error = np.sqrt((len(without) - 1) * without.var(axis=0))
        return ", ".join(f"{lead} {mean:+.1f} % ± {sd:.1f}" for lead, mean, sd in zip(LEADS, whole, error, strict=True))

    def _ratio(self, other: Errors, some: np.ndarray) -> np.ndarray:
        sizes = [np.sqrt(np.mean(np.square(np.array(found.of)[some]), axis=0)) for found in (self, other)]
        return np.asarray(100.0 * np.log(sizes[0] / sizes[1]).mean(axis=1))

    def held(self) -> str:
        """What lies in 90 % of the worlds, and of the worlds and their disturbances, a lead each."""
        hits = np.abs(self.of)[:, None] <= SURE_SD * np.sqrt(self.variance)
        alone, whole = 100.0 * hits.mean(axis=(0, 3))
        pairs = zip(LEADS, alone, whole, strict=True)
        return "  in 90 %: " + ", ".join(f"{lead} {few:.0f} -> {all_:.0f} %" for lead, few, all_ in pairs)


if __name__ == "__main__":
    main()
