"""Books of mass, charge and energy over a simulated day.

A closed system keeps what it has: what its stores hold at each hour is compared with what they held at the start, over
what went through in between.
"""

from functools import partial

import numpy as np

from physics.laws.constants import GRAVITY_M_PER_S2
from physics.network.plant import Part, Plant
from physics.simulate.rollout import Options
from tests.physics.parts import TYPES
from tests.verify.case import Case, simulate

RTOL = 1e-4
"""The engine's default."""

DENSITY, HEAT = 998.2, 4182.0


def water_of_a_day() -> float:
    """Three tanks, a pump and nodes without storage: mass lost over mass pumped, worst hour."""
    parts = (
        Part("mains", "voltage_source", {"voltage_v": 24.0}),
        Part("motor", "dc_motor", {"torque_constant_n_m_per_a": 0.14, "resistance_ohm": 0.5}),
        Part("pump", "centrifugal_pump"),
        Part("low", "tank", {"area_m2": 2.0, "rim_width_m": 0.0}, {"level_m": 1.4}),
        Part("mid", "tank", {"area_m2": 0.5, "rim_width_m": 0.0}, {"level_m": 0.3}),
        Part("high", "tank", {"area_m2": 0.3, "rim_width_m": 0.0}, {"level_m": 0.2}),
        Part("rise", "pipe", {"rise_m": 3.0}),
        Part("valve", "valve"),
        Part("long", "pipe", {"length_m": 30.0}),
        Part("drain", "orifice", {"area_m2": 4e-4}),
    )
    links = (
        ("mains.plus", "motor.plus"), ("motor.shaft", "pump.shaft"), ("low.bottom", "pump.inlet"),
        ("pump.outlet", "rise.inlet"), ("rise.outlet", "valve.inlet"), ("valve.outlet", "mid.bottom"),
        ("mid.bottom", "long.inlet"), ("long.outlet", "high.bottom"), ("high.bottom", "drain.inlet"),
        ("drain.outlet", "low.bottom"),
    )  # fmt: skip
    hours = np.arange(25)
    opening = 0.5 + 0.5 * (np.arange(25 * 60) // 10 % 2)
    names = ["low.level_m", "mid.level_m", "high.level_m", "pump.flow_m3_per_s"]
    found = simulate(Plant(parts, links), names, rows=25 * 60, sample_s=60.0, inputs={"valve.opening_ratio": opening},
                     options=Options(rtol=RTOL))  # fmt: skip
    held = found[:, :3] @ [2.0, 0.5, 0.3]
    pumped = np.cumsum(np.abs(found[:, 3])) * 60.0
    assert pumped[-1] > held[0]
    return float(np.max(np.abs(held[hours[1:] * 60] - held[0]) / pumped[hours[1:] * 60]))


def charge_of_a_day() -> float:
    """Four capacitors that level out through a star of resistors: charge lost over charge moved."""
    farads, volts = np.array([500.0, 900.0, 2000.0, 50.0]), np.array([10.0, -4.0, 1.0, 60.0])
    parts, links = [], []
    for k in range(4):
        parts += [
            Part(f"c{k}", "capacitor", {"capacitance_f": farads[k]}, {"plus.voltage_v": volts[k]}),
            Part(f"r{k}", "resistor", {"resistance_ohm": 5.0 + k}),
        ]
        links.append((f"c{k}.plus", f"r{k}.a"))
        links += [("r0.b", f"r{k}.b")] if k else []
    names = [f"c{k}.plus.voltage_v" for k in range(4)]
    found = simulate(Plant(tuple(parts), tuple(links)), names, rows=25, sample_s=3600.0, types=TYPES,
                     options=Options(rtol=RTOL))  # fmt: skip
    charges = found * farads
    moved = np.abs(charges - charges[0]).sum(axis=1)[1:] / 2
    return float(np.max(np.abs(charges.sum(axis=1)[1:] - charges[0].sum()) / moved))


def energy_of_a_day(inertia: float, areas: tuple[float, float], rtol: float) -> float:
    """A flywheel warms its bearing and pumps water round through a tank above: energy lost over energy turned to heat.

    Nothing leaves: the bearing is insulated, tanks lose no heat and do not spill.
    """
    wheel = Part("wheel", "inertia", {"inertia_kg_m2": inertia}, {"shaft.speed_rad_per_s": 150.0})
    dry = {"rim_width_m": 0.0, "rim_level_m": 9.0}
    tanks = [
        Part(name, "tank", {"area_m2": area} | dry, {"level_m": level})
        for name, area, level in zip(("low", "high"), areas, (1.2, 0.4), strict=True)
    ]
    parts = (
        wheel,
        Part("bearing", "bearing", {"cooling_w_per_k": 0.0, "wear_per_j": 0.0}),
        Part("body", "heat_capacity", {"heat_capacity_j_per_k": 2e4}),
        *tanks,
        Part("gap", "conductance"),
        Part("pump", "centrifugal_pump"),
        Part("pipe", "pipe", {"length_m": 40.0}),
        Part("drain", "orifice", {"area_m2": 5e-4}),
    )
    links = (
        ("wheel.shaft", "bearing.shaft"), ("wheel.shaft", "pump.shaft"), ("bearing.heat", "gap.a"),
        ("gap.b", "body.heat"), ("low.bottom", "pump.inlet"), ("pump.outlet", "pipe.inlet"),
        ("pipe.outlet", "high.bottom"), ("high.bottom", "drain.inlet"), ("drain.outlet", "low.bottom"),
    )  # fmt: skip
    names = [
        "wheel.shaft.speed_rad_per_s", "bearing.heat.temperature_k", "body.heat.temperature_k", "pump.temperature_k",
        "low.level_m", "low.temperature_k", "high.level_m", "high.temperature_k",
    ]  # fmt: skip
    found = simulate(Plant(parts, links), names, rows=24 * 60 + 1, sample_s=60.0, options=Options(rtol=rtol))
    speed, bearing_k, body_k, casing_k, low_m, low_k, high_m, high_k = found.T
    moving = 0.5 * (inertia + 0.01) * speed**2
    warm = 800.0 * (bearing_k - 293.15) + 2e4 * (body_k - 293.15) + DENSITY * 2e-3 * HEAT * (casing_k - 293.15)
    for area, level, water_k in ((areas[0], low_m, low_k), (areas[1], high_m, high_k)):
        moving = moving + DENSITY * GRAVITY_M_PER_S2 * area * level**2 / 2
        warm = warm + DENSITY * area * level * HEAT * (water_k - 293.15)
    whole = moving + warm
    turned = moving[0] - moving[-1]
    assert turned > 1e4
    return float(np.max(np.abs(whole - whole[0])) / turned)


CASES = (
    Case("water: tanks, pump, nodes without storage, a day", "conservation of mass", "mass lost / mass pumped", 1e-9,
         "BENCHMARKS; default rtol 1e-4, valve moved each 10 min", water_of_a_day),
    Case("charge: four capacitors through a star, a day", "conservation of charge", "charge lost / charge moved", 1e-9,
         "BENCHMARKS; default rtol 1e-4", charge_of_a_day),
    Case("energy: flywheel of 4.5 MJ, bearing, pump, 0.13 m³ of water, a day", "conservation of energy",
         "energy lost / energy turned into heat", 10 * RTOL, "BENCHMARKS: 10 × rtol of 1e-4",
         partial(energy_of_a_day, 400.0, (0.1, 0.02), RTOL)),
    Case("same, 45 kJ in 1.3 m³ of water that warms by 0.01 K", "conservation of energy",
         "energy lost / energy turned into heat", 10 * RTOL, "as above",
         partial(energy_of_a_day, 4.0, (1.0, 0.2), RTOL)),
)  # fmt: skip
