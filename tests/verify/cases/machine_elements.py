"""Machine elements and controls whose steady state, life or limit cycle has a closed form."""

import numpy as np
from scipy.optimize import brentq

from physics.network.plant import Part, Plant
from tests.verify.case import Case, relative, simulate


def belt_creep() -> float:
    """A motor drives a braked shaft by a belt below its limit; the driven side lags by strain."""
    stiffness, radii, load, drag = 6e4, (0.05, 0.15), 20.0, 0.1
    numbers = {"stiffness_n": stiffness, "radius_in_m": radii[0], "radius_out_m": radii[1], "mass_kg_per_m": 0.0}
    found = _belt(numbers, drag_n_m_s=drag, volts=150.0)
    speed_in, speed_out, force = found
    assert force > load
    force_expected = drag * speed_out / radii[1]
    # strain of the tight over the slack side, counted on the mean of both rim speeds
    rims = radii[0] * speed_in, radii[1] * speed_out
    creep = (rims[0] - rims[1]) / np.mean(rims)
    return max(abs(force / force_expected - 1), abs(creep / (force_expected / stiffness) - 1))


def belt_slip() -> float:
    """A load beyond the limit: the belt slips, and passes on Euler's share of its tension."""
    tension, friction, wrap, mass = 300.0, 0.35, 2.6, 0.1
    numbers = {
        "tension_n": tension, "friction_ratio": friction, "wrap_rad": wrap, "mass_kg_per_m": mass,
        "radius_in_m": 0.05, "radius_out_m": 0.15,
    }  # fmt: skip
    drag = 2.0
    speed_in, speed_out, force = _belt(numbers, drag_n_m_s=drag, volts=150.0)

    def imbalance(out: float) -> float:
        speed = (0.05 * speed_in + 0.15 * out) / 2
        ratio = np.exp(friction * wrap)
        passed = 2 * (tension - mass * speed**2) * (ratio - 1) / (ratio + 1)
        return 0.15 * passed - drag * out

    expected = brentq(imbalance, 0.0, speed_in / 3)
    return max(abs(speed_out / expected - 1), abs(force * 0.15 / (drag * expected) - 1))


def _belt(numbers: dict[str, float], *, drag_n_m_s: float, volts: float) -> np.ndarray:
    """Steady speeds of both shafts and the belt's force."""
    motor = {"torque_constant_n_m_per_a": 1.0, "resistance_ohm": 0.2, "heat_capacity_j_per_k": 1e9}
    load = {"dry_friction_n_m": 0.0, "viscous_friction_n_m_s": drag_n_m_s, "wear_per_j": 0.0}
    parts = (
        Part("mains", "voltage_source"),
        Part("motor", "dc_motor", motor),
        Part("belt", "belt_drive", numbers),
        Part("wheel", "inertia", {"inertia_kg_m2": 0.05}),
        Part("load", "bearing", load),
    )
    links = (
        ("mains.plus", "motor.plus"),
        ("motor.shaft", "belt.shaft_in"),
        ("belt.shaft_out", "wheel.shaft"),
        ("wheel.shaft", "load.shaft"),
    )
    names = ["motor.shaft.speed_rad_per_s", "wheel.shaft.speed_rad_per_s", "belt.force_n"]
    return simulate(Plant(parts, links), names, rows=3, sample_s=20.0, inputs={"mains.voltage_v": volts})[-1]


def l10_life() -> float:
    """Hours of a shaft at constant speed under a load that changes each hour: Miner's sum of ISO 281 lives."""
    rating, exponent, speed = 14_800.0, 10 / 3, 150.0
    loads = np.array([2000.0, 5000.0, 500.0, 3500.0])
    bearing = {
        "load_rating_n": rating, "life_exponent_ratio": exponent, "dry_friction_n_m": 0.0, "load_friction_ratio": 0.0,
        "viscous_friction_n_m_s": 0.0, "axial_factor_ratio": 1.5, "wear_per_j": 0.0,
    }  # fmt: skip
    parts = (
        Part("wheel", "inertia", {"inertia_kg_m2": 1.0}, {"shaft.speed_rad_per_s": speed}),
        Part("bearing", "bearing", bearing),
    )
    plant = Plant(parts, (("wheel.shaft", "bearing.shaft"),))
    inputs = {"bearing.radial_load_n": np.append(loads, 0.0), "bearing.axial_load_n": 400.0}
    found = simulate(plant, ["bearing.fatigue_ratio"], rows=5, sample_s=3600.0, inputs=inputs)[-1, 0]
    life_turns = 1e6 * (rating / (loads + 1.5 * 400.0)) ** exponent
    turns = speed / (2 * np.pi) * 3600.0
    return relative(found, np.sum(turns / life_turns))


def thermostat() -> float:
    """A body between a heater and the air under a thermostat: period and share of heating by logarithms."""
    capacity, loss, power, air = 2e4, 40.0, 3000.0, 293.15
    low, high = 333.15, 337.15
    parts = (
        Part("air", "ambient"),
        Part("wall", "conductance", {"conductance_w_per_k": loss}),
        Part("body", "heat_capacity", {"heat_capacity_j_per_k": capacity}, {"heat.temperature_k": high}),
        Part("heater", "electric_heater", HEATER | {"resistance_ohm": 230.0**2 / power}),
        Part("mains", "voltage_source"),
        Part("probe", "temperature_sensor", {"time_constant_s": 1e-4}, {"felt_k": high}),
        Part("switch", "on_off", {"hysteresis_ratio": high - low}),
    )
    links = (
        ("air.heat", "wall.a"), ("wall.b", "body.heat"), ("heater.heat", "body.heat"), ("mains.plus", "heater.plus"),
        ("body.heat", "probe.tap"), ("probe.out", "switch.measured"), ("switch.out", "heater.command"),
    )  # fmt: skip
    time_s, hot = (capacity + HEATER["heat_capacity_j_per_k"]) / loss, power / loss
    cool_s = time_s * np.log((high - air) / (low - air))
    heat_s = time_s * np.log((hot - (low - air)) / (hot - (high - air)))
    cycles = 20
    end_s = cycles * (cool_s + heat_s) + cool_s / 2
    inputs = {"mains.voltage_v": 230.0, "switch.setpoint_ratio": (low + high) / 2}
    warm = (
        simulate(Plant(parts, links), ["body.heat.temperature_k"], rows=2, sample_s=end_s, inputs=inputs)[-1, 0] - air
    )
    passed_s = time_s * np.log((high - air) / warm)
    return float(abs(passed_s - cool_s / 2) / (cycles * (cool_s + heat_s)))


HEATER = {"heat_capacity_j_per_k": 1e3, "temperature_coefficient_per_k": 0.0}

CASES = (
    Case("belt creep under load", "Hooke: creep = F / (E A)", "force and creep, relative", 1e-5,
         "steady state; the corner to slip is cut over a thousandth of the limit", belt_creep),
    Case("belt slip", "Euler–Eytelwein, exp(μα), with centrifugal force", "driven speed and torque, relative", 1e-5,
         "steady state far beyond the corner between creep and slip", belt_slip),
    Case("L10 life", "ISO 281, (C/P)^(10/3) million turns, Miner's sum", "used life after four loads, relative", 1e-9,
         "the speed is constant, life grows on straight lines", l10_life),
    Case("thermostat on a warm body", "closed form of the limit cycle, logarithms",
         "moment in the 21st cycle over all 20 cycles", 1e-5, "the probe lags by 0.1 ms, which shifts each switch",
         thermostat),
)  # fmt: skip
