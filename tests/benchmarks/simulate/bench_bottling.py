"""The engine's part of a what-if: the demo plant as its file states it, eight hours in 256 worlds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from physics.simulate.model import Model, compile_plant
from physics.simulate.rollout import Options, rollout
from tests.benchmarks.measure import Contender, Row, timed
from twin.assembly.assemble import assemble
from twin.scene.load import load

FILE = Path(__file__).parents[3] / "examples" / "bottling" / "plant.yaml"
WORLDS, HOURS, SAMPLE_S, SPREAD_RATIO = 256, 8, 60.0, 0.02


def problem() -> tuple[Model, np.ndarray, np.ndarray]:
    """The plant, its inputs [T, I] moving by a tenth now and then, and parameters [P, W]."""
    built = assemble(load(FILE.read_text()), learn=False)
    model = compile_plant(built.plant, sorted(set(built.outputs)))
    spread = np.random.default_rng(4).uniform(1 - SPREAD_RATIO, 1 + SPREAD_RATIO, (len(model.parameters), WORLDS))
    parameters = model.parameters[:, None] * spread
    inputs = np.repeat(model.inputs[None], round(HOURS * 3600 / SAMPLE_S), axis=0)
    hours = np.arange(len(inputs)) * SAMPLE_S / 3600
    moved = 1 + 0.1 * np.sign(np.sin(2 * np.pi * hours))[:, None]
    return model, inputs * np.where(model.inputs > 200, 1.0, moved), parameters


def rows() -> Iterator[Row]:
    """One line without a peer: the API's part is not in it."""
    model, inputs, parameters = problem()

    def run(rtol: float = 1e-4) -> np.ndarray:
        return rollout(model, inputs=inputs, sample_s=SAMPLE_S, parameters=parameters, options=Options(rtol=rtol)).final

    fine, found = run(1e-7), run()
    error = float(np.nanmax(np.abs(found - fine) / (np.abs(fine) + model.nominal[:, None])))
    ours = Contender("Plantwin, engine alone, rtol 1e-4", timed(run), error)
    numbers = {"states": len(model.state_names), "islands": len(model.islands)}
    yield Row(f"demo plant, {HOURS} h at {SAMPLE_S:g} s, {WORLDS} worlds: engine's part of a what-if",
              "p95 ≤ 5 s for the whole answer", ours, numbers=numbers)  # fmt: skip
