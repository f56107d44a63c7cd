"""Slopes of outputs by parameters and start values against central differences of another solver."""

import numpy as np
from scipy.integrate import solve_ivp

from physics.laws.constants import GRAVITY_M_PER_S2
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options
from physics.simulate.sensitivity import sensitivity
from tests.physics.parts import TYPES
from tests.verify.case import Case

FREE = ["r.fast_per_s", "r.a_ratio@start"]
MOVE = 1e-4
"""Central differences this far apart are true to some 1e-7."""

TIMES = np.arange(1, 12) * 10.0


def robertson(fast: float, start: float) -> np.ndarray:
    def rates(t, y):
        a, b, c = y
        return [-0.04 * a + 1e4 * b * c, 0.04 * a - 1e4 * b * c - fast * b * b, fast * b * b]

    begin = [start, 0.0, 1.0 - start]
    return solve_ivp(rates, (0, TIMES[-1]), begin, method="Radau", rtol=1e-12, atol=1e-16, t_eval=TIMES).y[0]


def stiff_slopes() -> float:
    model = compile_plant(Plant((Part("r", "robertson"),)), ["r.a_ratio"], types=TYPES)
    found = sensitivity(model, inputs=np.zeros((12, 0)), sample_s=10.0, parameters=model.parameters[:, None], free=FREE,
                        options=Options(rtol=1e-10)).jacobian[1:, 0, :, 0]  # fmt: skip
    by_rate = (robertson(3e7 * (1 + MOVE), 1.0) - robertson(3e7 * (1 - MOVE), 1.0)) / (2 * MOVE * 3e7)
    by_start = (robertson(3e7, 1 + MOVE) - robertson(3e7, 1 - MOVE)) / (2 * MOVE)
    expected = np.stack([by_rate, by_start], axis=1)
    return float(np.max(np.abs(found - expected) / np.abs(expected).max(axis=0)))


def tank_slopes() -> float:
    """A draining tank: slopes by hole, area and start level from the closed form."""
    area, hole, ratio, level = 0.8, 2e-3, 0.62, 1.0
    parts = (
        Part("tank", "tank", {"area_m2": area}, {"level_m": level}),
        Part("hole", "orifice", {"area_m2": hole, "discharge_ratio": ratio, "width_pa": 1e-3}),
        Part("floor", "reservoir"),
    )
    plant = Plant(parts, (("tank.bottom", "hole.inlet"), ("hole.outlet", "floor.outlet")))
    model = compile_plant(plant, ["tank.level_m"])
    free = ["hole.area_m2", "tank.area_m2", "tank.level_m@start"]
    inputs = np.repeat(model.inputs[None], 30, axis=0)
    found = sensitivity(model, inputs=inputs, sample_s=5.0, parameters=model.parameters[:, None], free=free,
                        options=Options(rtol=1e-10)).jacobian[1:, 0, :, 0]  # fmt: skip
    t = np.arange(1, 30) * 5.0
    pace = ratio * hole / area * np.sqrt(GRAVITY_M_PER_S2 / 2) * t
    root = np.sqrt(level) - pace
    expected = np.stack([-2 * root * pace / hole, 2 * root * pace / area, root / np.sqrt(level)], axis=1)
    return float(np.max(np.abs(found - expected) / np.abs(expected).max(axis=0)))


CASES = (
    Case("slopes of a draining tank", "closed form", "largest error / largest slope", 1e-5, "BENCHMARKS", tank_slopes),
    Case("slopes of Robertson by rate and start", "central differences of scipy Radau, rtol 1e-12",
         "largest error / largest slope", 1e-5, "BENCHMARKS", stiff_slopes),
)  # fmt: skip
