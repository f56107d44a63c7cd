"""Stores of energy that run down: a flywheel in air, a battery on a resistor."""

import numpy as np
from scipy.integrate import solve_ivp

from physics.network.plant import Part, Plant
from tests.verify.case import Case, relative, simulate


def flywheel() -> float:
    """Dry friction and windage brake a wheel: tangent law, until it stands."""
    inertia, rub, windage, nominal, start = 5.0, 0.4, 1.5, 300.0, 280.0
    numbers = {
        "inertia_kg_m2": inertia, "bearing_torque_n_m": rub, "windage_torque_n_m": windage,
        "speed_nominal_rad_per_s": nominal,
    }  # fmt: skip
    plant = Plant((Part("wheel", "flywheel", numbers, {"shaft.speed_rad_per_s": start}),))
    share = windage / nominal**2
    stops_s = inertia / np.sqrt(rub * share) * np.arctan(start * np.sqrt(share / rub))
    rows = 40
    t = np.arange(rows) * 0.9 * stops_s / rows
    found = simulate(plant, ["wheel.shaft.speed_rad_per_s"], rows=rows, sample_s=t[1])[:, 0]
    angle = np.arctan(start * np.sqrt(share / rub)) - t * np.sqrt(rub * share) / inertia
    return relative(found, np.sqrt(rub / share) * np.tan(angle))


def battery() -> float:
    """A battery heats and ages while it empties through a resistor: the same equations typed anew for Radau."""
    cells, charge_c, fast, slow, time_s, load = 13.0, 36_000.0, 0.06, 0.04, 80.0, 3.0
    heat, cooling, room, fast_s, life_s, cycles = 2000.0, 1.5, 293.15, 0.05, 1e7, 50.0
    numbers = {
        "cells_count": cells, "capacity_a_s": charge_c, "resistance_ohm": fast, "relaxation_ohm": slow,
        "relaxation_time_s": time_s, "heat_capacity_j_per_k": heat, "cooling_w_per_k": cooling, "fast_time_s": fast_s,
        "calendar_life_s": life_s, "cycles_count": cycles, "activation_k": 3800.0, "resistance_growth_ratio": 0.5,
    }  # fmt: skip

    def rate(_t: float, y: np.ndarray) -> list[float]:
        z, u0, u1, warm, fade = y
        cell = 3.685 - 1.031 * np.exp(-35 * z) + 0.2156 * z - 0.1178 * z**2 + 0.3201 * z**3
        i = -(cells * cell + u0 + u1) / load
        r0 = fast * (1 + 0.5 * fade)
        hotter = np.exp(3800.0 * (1 / 298.15 - 1 / warm))
        return [
            i / (charge_c * (1 - 0.2 * fade)),
            (r0 * i - u0) / fast_s,
            (slow * i - u1) / time_s,
            (u0**2 / r0 + u1**2 / slow - cooling * (warm - room)) / heat,
            hotter * (1 / life_s + abs(i) / (2 * charge_c * cycles)),
        ]

    parts = (
        Part("pack", "battery", numbers, {"charge_ratio": 0.95}),
        Part("load", "resistor", {"resistance_ohm": load, "temperature_coefficient_per_k": 0.0}),
        Part("ground", "voltage_source"),
    )
    plant = Plant(parts, (("pack.plus", "load.a"), ("load.b", "ground.plus")))
    names = ["charge_ratio", "fast_v", "relaxation_v", "heat.temperature_k", "fade_ratio"]
    rows, sample_s = 20, 90.0
    inputs = {"ground.voltage_v": 0.0}
    found = simulate(plant, [f"pack.{name}" for name in names], rows=rows, sample_s=sample_s, inputs=inputs)
    times = np.arange(rows) * sample_s
    start = [0.95, 0.0, 0.0, room, 0.0]
    expected = solve_ivp(rate, (0, times[-1]), start, "Radau", times, rtol=1e-10, atol=1e-12).y.T
    found[:, 3] -= room
    expected[:, 3] -= room
    return max(relative(found[:, column], expected[:, column]) for column in range(len(names)))


CASES = (
    Case("flywheel runs down in air", "closed form, tangent", "speed to nine tenths of the time, relative", 1e-5,
         "windage is rounded over a thousandth of nominal speed", flywheel),
    Case("battery empties through a resistor", "scipy Radau, rtol 1e-10", "charge, voltages, warming, ageing, relative",
         1e-6, "100 × rtol 1e-8: errors of steps add up", battery),
)  # fmt: skip
