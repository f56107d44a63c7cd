"""Closed forms: charging, swinging, sliding to a stop, draining."""

import numpy as np
from scipy.special import ellipj, ellipk

from physics.laws.constants import GRAVITY_M_PER_S2
from physics.network.plant import Part, Plant
from tests.physics.parts import TYPES
from tests.verify.case import Case, relative, simulate


def rc_step() -> float:
    parts = (Part("source", "supply"), Part("r", "resistor"), Part("c", "capacitor"))
    plant = Plant(parts, (("source.plus", "r.a"), ("r.b", "c.plus")))
    found = simulate(plant, ["c.plus.voltage_v"], rows=60, sample_s=1.0, types=TYPES)[:, 0]
    return relative(found, 10.0 * (1 - np.exp(-np.arange(60.0) / (5.0 * 2.0))))


def thermal_step() -> float:
    parts = (
        Part("air", "ambient", {}),
        Part("wall", "conductance", {"conductance_w_per_k": 20.0}),
        Part("body", "heat_capacity", {"heat_capacity_j_per_k": 5e4}, {"heat.temperature_k": 353.15}),
    )
    plant = Plant(parts, (("air.heat", "wall.a"), ("wall.b", "body.heat")))
    found = simulate(plant, ["body.heat.temperature_k"], rows=100, sample_s=100.0)[:, 0]
    return relative(found - 293.15, 60.0 * np.exp(-np.arange(100) * 100.0 * 20.0 / 5e4))


def pendulum() -> float:
    t = np.arange(200) * 0.1
    found = simulate(Plant((Part("p", "pendulum"),)), ["p.angle_rad"], rows=200, sample_s=0.1, types=TYPES)[:, 0]
    k = np.sin(0.5)  # half of the starting angle of 1 rad; the pendulum starts at rest
    sine, cosine, slope, _ = ellipj(2.0 * t + ellipk(k * k), k * k)
    return relative(found, 2 * np.arcsin(k * sine))


def stopping_distance() -> float:
    mass, start, dry, viscous = 80.0, 0.5, 40.0, 120.0
    numbers = {"mass_kg": mass, "viscous_n_s_per_m": viscous, "dry_forward_n": dry, "dry_backward_n": dry}
    axis = Part("axis", "linear_axis", numbers | {"width_m_per_s": 1e-6}, {"rod.velocity_m_per_s": start})
    found = simulate(Plant((axis,)), ["axis.position_m"], rows=3, sample_s=2.0)[-1, 0]
    distance = mass * start / viscous - mass * dry / viscous**2 * np.log1p(viscous * start / dry)
    return relative(found, distance)


def tank_drains() -> float:
    area, hole, ratio, level = 0.8, 2e-3, 0.62, 1.0
    parts = (
        Part("tank", "tank", {"area_m2": area}, {"level_m": level}),
        Part("hole", "orifice", {"area_m2": hole, "discharge_ratio": ratio, "width_pa": 1e-3}),
        Part("floor", "reservoir"),
    )
    plant = Plant(parts, (("tank.bottom", "hole.inlet"), ("hole.outlet", "floor.outlet")))
    t = np.arange(40) * 5.0
    found = simulate(plant, ["tank.level_m"], rows=40, sample_s=5.0)[:, 0]
    root = np.sqrt(level) - ratio * hole / area * np.sqrt(GRAVITY_M_PER_S2 / 2) * t
    return relative(found, root**2)


def two_tanks_level_out() -> float:
    areas, hole, ratio, levels = (0.5, 1.5), 2e-3, 0.62, (1.4, 0.2)
    parts = (
        Part("a", "tank", {"area_m2": areas[0]}, {"level_m": levels[0]}),
        Part("b", "tank", {"area_m2": areas[1]}, {"level_m": levels[1]}),
        Part("hole", "orifice", {"area_m2": hole, "discharge_ratio": ratio, "width_pa": 1e-3}),
    )
    plant = Plant(parts, (("a.bottom", "hole.inlet"), ("hole.outlet", "b.bottom")))
    t = np.arange(60) * 1.0
    found = simulate(plant, ["a.level_m", "b.level_m"], rows=60, sample_s=1.0)
    gap = levels[0] - levels[1]
    slope = ratio * hole * (1 / areas[0] + 1 / areas[1]) * np.sqrt(GRAVITY_M_PER_S2 / 2)
    root = np.sqrt(gap) - slope * t
    mean = (areas[0] * levels[0] + areas[1] * levels[1]) / sum(areas)
    high = mean + areas[1] / sum(areas) * root**2
    low = mean - areas[0] / sum(areas) * root**2
    return max(relative(found[:, 0], high), relative(found[:, 1], low))


def bearing_run_down() -> float:
    inertia, viscous, start = 2.0, 5e-3, 100.0
    bearing = Part(
        "bearing", "bearing", {"dry_friction_n_m": 0.0, "viscous_friction_n_m_s": viscous, "wear_per_j": 0.0}
    )
    wheel = Part("wheel", "inertia", {"inertia_kg_m2": inertia}, {"shaft.speed_rad_per_s": start})
    plant = Plant((wheel, bearing), (("wheel.shaft", "bearing.shaft"),))
    found = simulate(plant, ["wheel.shaft.speed_rad_per_s"], rows=60, sample_s=20.0)[:, 0]
    return relative(found, start * np.exp(-viscous / inertia * np.arange(60) * 20.0))


STEP = "100 × rtol 1e-8: errors of steps add up"
CASES = (
    Case("RC step", "closed form, exponential", "voltage, largest error / 10 V", 1e-6, STEP, rc_step),
    Case("body cools to ambient", "closed form, exponential", "temperature, largest error / 60 K", 1e-6, STEP,
         thermal_step),
    Case("pendulum, 1 rad", "closed form, Jacobi's elliptic functions", "angle over 6 periods / 1 rad", 1e-6, STEP,
         pendulum),
    Case("flywheel runs down in a bearing", "closed form, exponential", "speed / 100 rad/s", 1e-6, STEP,
         bearing_run_down),
    Case("Coulomb and viscous stopping distance", "closed form", "distance, relative", 1e-4,
         "direction is rounded over 1 µm/s; the axis creeps to rest", stopping_distance),
    Case("one tank drains through a hole", "Torricelli, closed form", "level / 1 m", 1e-6, STEP, tank_drains),
    Case("two tanks level out through a hole", "Torricelli, closed form", "levels, relative", 1e-6, STEP,
         two_tanks_level_out),
)  # fmt: skip
