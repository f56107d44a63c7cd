"""A hall of 1,000 components against real time, inputs exchanged each second, a tenth of them stepping each minute."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from examples.large.hall import compiled, hall
from physics.simulate.model import Model
from physics.simulate.rollout import Options, Status, rollout
from tests.benchmarks.measure import Contender, Row, Timing, timed
from tests.benchmarks.simulate.bench_scaling import cold_s

SPAN_S = 1800
MOVE_RATIO = 0.05


def driven(model: Model) -> np.ndarray:
    """Inputs by the second, a tenth of them stepping each minute, shape [T, I]."""
    rng = np.random.default_rng(2)
    inputs = np.repeat(model.inputs[None], SPAN_S, axis=0)
    for minute in range(1, SPAN_S // 60):
        chosen = rng.random(len(model.inputs)) < 0.1
        inputs[60 * minute :, chosen] = (model.inputs * rng.uniform(1 - MOVE_RATIO, 1 + MOVE_RATIO, len(model.inputs)))[
            chosen
        ]
    return inputs


def rows(share: float = 1.0) -> Iterator[Row]:
    """One world, half an hour; real time is the peer."""
    plant, outputs = hall(share=share)
    cold = cold_s(share)
    model, parts = compiled(plant, outputs)
    inputs = driven(model)

    def run(rtol: float = 1e-4) -> np.ndarray:
        found = rollout(model, inputs=inputs, sample_s=1.0, options=Options(rtol=rtol))
        assert (found.status == Status.OK).all(), found.status
        return found.final[:, 0]

    fine, found = run(1e-8), run()
    error = float(np.max(np.abs(found - fine) / (np.abs(fine) + model.nominal)))
    ours = Contender("Plantwin, rtol 1e-4", timed(run, runs=3), error)
    clock = Contender("real time", Timing((float(SPAN_S),), 0.0))
    numbers = {"cold compile, s": round(cold, 1), "islands": len(model.islands), "states": len(model.state_names)}
    numbers["warm compile, s"] = round(sum(parts.values()), 2)
    yield Row(f"{len(plant.parts):,}-component hall, one world, {SPAN_S // 60} min, 1 s exchange", "≥ 1,000×", ours,
              (clock,), numbers=numbers)  # fmt: skip
