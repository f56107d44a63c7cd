"""Machine elements and controls whose steady state, life or limit cycle has a closed form."""

import numpy as np
from scipy.integrate import quad
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


def clutch() -> float:
    """Two wheels are joined by a clutch: common speed by momentum, heat by what energy is missing, time by torque."""
    inertias, start, torque = (0.8, 2.5), 120.0, 30.0
    numbers = {
        "torque_max_n_m": torque, "cooling_w_per_k": 0.0, "heat_capacity_j_per_k": 100.0, "engage_time_s": 1e-3,
        "slide_rad": 1e-4, "damping_s": 1e-5,
    }  # fmt: skip
    parts = (
        Part("a", "inertia", {"inertia_kg_m2": inertias[0]}, {"shaft.speed_rad_per_s": start}),
        Part("b", "inertia", {"inertia_kg_m2": inertias[1]}),
        Part("clutch", "clutch", numbers, {"engaged_ratio": 1.0}),
        Part("hand", "constant"),
    )
    links = (("a.shaft", "clutch.shaft_in"), ("b.shaft", "clutch.shaft_out"), ("hand.out", "clutch.command"))
    names = ["a.shaft.speed_rad_per_s", "b.shaft.speed_rad_per_s", "clutch.heat.temperature_k"]
    common = inertias[0] * start / sum(inertias)
    joined_s = inertias[1] * common / torque
    inputs = {"hand.level_ratio": 1.0}
    half, end = (
        simulate(Plant(parts, links), names, rows=2, sample_s=time_s, inputs=inputs)[-1]
        for time_s in (joined_s / 2, 2 * joined_s)
    )
    lost_j = inertias[0] * start**2 / 2 - sum(inertias) * common**2 / 2
    slipping = abs(half[0] - half[1] - start / 2) / start
    return max(
        slipping, abs(end[0] / common - 1), abs(end[1] / common - 1), abs((end[2] - 293.15) * 100.0 / lost_j - 1)
    )


def direct_start() -> float:
    """An induction motor starts a wheel on the grid: time to 95 % of synchronous speed by quadrature over speed."""
    ohms, inertia, volts, hertz = (0.641, 1.106, 0.332, 0.464, 26.3), 4.0, 460.0, 60.0
    synchronous = 2 * np.pi * hertz / 2

    def torque_n_m(speed: float) -> float:
        r1, x1, r2, x2, xm = ohms
        slip = 1 - speed / synchronous
        rotor = r2 / slip + 1j * x2
        stator_a = volts / np.sqrt(3) / (r1 + 1j * x1 + 1j * xm * rotor / (1j * xm + rotor))
        rotor_a = stator_a * 1j * xm / (1j * xm + rotor)
        return float(3 * abs(rotor_a) ** 2 * r2 / slip / synchronous)

    expected_s = quad(lambda w: inertia / torque_n_m(w), 0.0, 0.95 * synchronous, epsrel=1e-10)[0]
    turn = 2 * np.pi * hertz
    numbers = {
        "stator_ohm": ohms[0], "stator_leakage_h": ohms[1] / turn, "rotor_ohm": ohms[2],
        "rotor_leakage_h": ohms[3] / turn, "magnetising_h": ohms[4] / turn,
        "inertia_kg_m2": 0.5, "drag_n_m_s": 0.0, "heat_capacity_j_per_k": 1e12,
    }  # fmt: skip
    parts = (
        Part("grid", "grid"),
        Part("motor", "induction_motor", numbers),
        Part("wheel", "inertia", {"inertia_kg_m2": 3.5}),
    )
    links = (("grid.line", "motor.line"), ("grid.frequency", "motor.frequency"), ("motor.shaft", "wheel.shaft"))
    inputs = {"grid.voltage_v": volts, "grid.frequency_hz": hertz}
    found = simulate(Plant(parts, links), ["motor.shaft.speed_rad_per_s"], rows=2, sample_s=expected_s, inputs=inputs)
    return float(abs(found[-1, 0] / (0.95 * synchronous) - 1))


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
    Case("clutch joins two wheels", "momentum, energy, τ / J", "speeds slipping and joined, heat, relative", 1e-5,
         "bristles bend by 0.1 mrad before they slide; their damping gives 10 µs of torque", clutch),
    Case("induction motor starts on the grid", "T-circuit in complex numbers, quadrature over speed",
         "speed when 95 % is due, relative", 1e-6, "100 × rtol 1e-8: errors of steps add up", direct_start),
    Case("thermostat on a warm body", "closed form of the limit cycle, logarithms",
         "moment in the 21st cycle over all 20 cycles", 1e-5, "the probe lags by 0.1 ms, which shifts each switch",
         thermostat),
)  # fmt: skip
