"""Motors whose steady state is a set of equations."""

import numpy as np
from scipy.optimize import fsolve

from physics.network.plant import Part, Plant
from tests.verify.case import Case, simulate

COPPER_PER_K = 0.00393
"""IEC 60028, at 20 °C."""


def steady_motor() -> float:
    volts, resistance, constant, drag, cooling = 24.0, 0.8, 0.12, 2e-3, 1.5
    numbers = {
        "resistance_ohm": resistance, "torque_constant_n_m_per_a": constant, "drag_n_m_s": drag,
        "cooling_w_per_k": cooling, "heat_capacity_j_per_k": 50.0,
    }  # fmt: skip
    parts = (Part("mains", "voltage_source"), Part("motor", "dc_motor", numbers))
    names = ["motor.shaft.speed_rad_per_s", "motor.current_a", "motor.heat.temperature_k"]
    plant = Plant(parts, (("mains.plus", "motor.plus"),))
    found = simulate(plant, names, rows=3, sample_s=2000.0, inputs={"mains.voltage_v": volts})[-1]

    def balance(x):
        speed, current, warm_k = x
        hot = resistance * (1 + COPPER_PER_K * warm_k)
        return [
            volts - constant * speed - hot * current,
            constant * current - drag * speed,
            hot * current**2 + drag * speed**2 - cooling * warm_k,
        ]

    speed, current, warm_k = fsolve(balance, [150.0, 3.0, 10.0], xtol=1e-13)
    return float(np.max(np.abs(found / [speed, current, 293.15 + warm_k] - 1)))


CASES = (
    Case("DC motor, steady and warm", "root of voltage, torque and heat balance (scipy)", "speed, current, temperature",
         1e-6, "steady state, 120 time constants", steady_motor),
)  # fmt: skip
