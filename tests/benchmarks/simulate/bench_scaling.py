"""How cost grows with worlds, hours and components: times and the slope on a log-log plot."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from examples.large.hall import compiled, hall
from physics.simulate.rollout import Options, rollout
from tests.benchmarks.growth import Growth
from tests.benchmarks.measure import timed
from tests.benchmarks.simulate.island import SEGMENT_S, island

ROOT = Path(__file__).parents[3]
WORLDS = (8, 32, 128, 512, 2048)
HOURS = (1, 2, 4, 8, 16)
SHARES = (0.125, 0.25, 0.5, 1.0)


def growths() -> Iterator[Growth]:
    """Worlds and hours on the stiff island, components in the hall (simulating and compiling apart)."""
    yield Growth("worlds (stiff island, 1 h)", WORLDS, tuple(_island(worlds, 1) for worlds in WORLDS))
    yield Growth("hours (stiff island, 256 worlds)", HOURS, tuple(_island(256, hours) for hours in HOURS))
    counts, running, compiling = [], [], []
    for share in SHARES:
        plant, outputs = hall(share=share)
        compiling.append(cold_s(share))
        model, _ = compiled(plant, outputs)
        inputs = np.repeat(model.inputs[None], 60, axis=0)
        parameters = np.repeat(model.parameters[:, None], 8, axis=1)
        took = timed(lambda m=model, u=inputs, p=parameters: rollout(m, inputs=u, sample_s=60.0, parameters=p), runs=3)
        counts.append(len(plant.parts))
        running.append(took.median_s)
    yield Growth("components (hall, 1 h, 8 worlds)", tuple(counts), tuple(running))
    yield Growth("components (hall, compiling with nothing kept on disk)", tuple(counts), tuple(compiling))


def _island(worlds: int, hours: int) -> float:
    problem = island(worlds)
    inputs = np.concatenate([problem.inputs] * hours)

    def run() -> object:
        return rollout(problem.model, inputs=inputs, sample_s=SEGMENT_S, parameters=problem.parameters,
                       options=Options(rtol=1e-4))  # fmt: skip

    return timed(run, runs=3).median_s


def cold_s(share: float) -> float:
    """Seconds to compile a share of the hall in a process of its own with an empty cache."""
    script = f"from examples.large.hall import compiled, hall\nprint(sum(compiled(*hall(share={share}))[1].values()))"
    with tempfile.TemporaryDirectory() as folder:
        ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT,
                               env=os.environ | {"PLANTWIN_CACHE_DIR": folder})  # fmt: skip
    return float(ended.stdout.split()[-1])
