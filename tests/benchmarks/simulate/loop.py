"""The loop of twelve states that fixed steps are measured on: motor, bearing and pump between two tanks.

Nothing in it is stiff or algebraic, so any language can take the very same equations from our tape and step them.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout
from tests.benchmarks.simulate.island import KEPT, Island

STEP_S, STEPS, CORES = 0.05, 500, 2
SPREAD_RATIO = 0.02
PARTS = (
    Part("mains", "voltage_source"),
    Part("motor", "dc_motor", {"resistance_ohm": 0.08, "torque_constant_n_m_per_a": 0.14, "cooling_w_per_k": 8.0}),
    Part("bearing", "bearing"),
    Part("pump", "centrifugal_pump", {"wear_per_j": 1e-9}),
    Part("low", "tank", {"area_m2": 3.0, "loss_w_per_k": 40.0}, {"level_m": 1.4}),
    Part("high", "tank", {"area_m2": 0.3, "rim_level_m": 9.0, "loss_w_per_k": 20.0}, {"level_m": 1.0}),
    Part("drain", "orifice", {"area_m2": 6e-4}),
)
LINKS = (
    ("mains.plus", "motor.plus"), ("motor.shaft", "bearing.shaft"), ("motor.shaft", "pump.shaft"),
    ("low.bottom", "pump.inlet"), ("pump.outlet", "high.bottom"), ("high.bottom", "drain.inlet"),
    ("drain.outlet", "low.top"),
)  # fmt: skip


def loop(worlds: int, seed: int = 1) -> Island:
    """Worlds that differ in all parameters; inputs are held, one sample takes all steps."""
    model = compile_plant(Plant(PARTS, LINKS), ["high.level_m"]).only(0)
    assert model.differential.all()
    assert len(model.state_names) == 12
    spread = np.random.default_rng(seed).uniform(1 - SPREAD_RATIO, 1 + SPREAD_RATIO, (len(model.parameters), worlds))
    fixed = [k for k, n in enumerate(model.parameter_names) if n.split(".")[1] in KEPT]
    spread[fixed] = 1.0
    driven = np.repeat(model.inputs[None, :, None], worlds, axis=2)
    return Island(model, driven, model.parameters[:, None] * spread, model.start, model.nominal)


def ours_run(
    problem: Island, precision: str, threads: int = CORES, steps: int = STEPS
) -> Callable[[], NDArray[np.float64]]:
    """All worlds by our engine."""
    options = Options(method="rk4", max_step_s=STEP_S, precision=precision, threads=threads)

    def run() -> NDArray[np.float64]:
        found = rollout(problem.model, inputs=problem.inputs, sample_s=STEP_S * steps, parameters=problem.parameters,
                        options=options)  # fmt: skip
        assert (found.status == Status.OK).all()
        return found.final

    return run
