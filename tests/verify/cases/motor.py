"""Motors whose steady state is a set of equations."""

import numpy as np
from scipy.linalg import expm
from scipy.optimize import brentq, fsolve

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


def servo_step() -> float:
    """A small step of the wanted speed: the loops are linear then, solved by the matrix exponential."""
    gain, integral_s, torque_s, inertia, drag, step = 0.4, 0.08, 2e-3, 0.02, 1e-3, 2.0
    numbers = {
        "gain_n_m_s": gain, "integral_time_s": integral_s, "torque_time_s": torque_s, "drag_n_m_s": drag,
        "torque_peak_n_m": 1e4, "inertia_kg_m2": 1e-3, "undervoltage_v": 1e-3, "speed_knee_rad_per_s": 1e4,
    }  # fmt: skip
    parts = (
        Part("mains", "voltage_source"),
        Part("motor", "servo_motor", numbers),
        Part("wheel", "inertia", {"inertia_kg_m2": inertia - 1e-3}),
        Part("lead", "constant"),
    )
    links = (("mains.plus", "motor.plus"), ("lead.out", "motor.command"), ("motor.shaft", "wheel.shaft"))
    rows, sample_s = 100, 5e-3
    inputs = {"mains.voltage_v": 400.0, "lead.level_ratio": step}
    plant = Plant(parts, links)
    found = simulate(plant, ["motor.shaft.speed_rad_per_s"], rows=rows, sample_s=sample_s, inputs=inputs)[:, 0]
    loop = np.array(
        [
            [-drag / inertia, 1 / inertia, 0.0, 0.0],
            [-gain / torque_s, -1 / torque_s, gain / torque_s, gain * step / torque_s],
            [-1 / integral_s, 0.0, 0.0, step / integral_s],
            [0.0, 0.0, 0.0, 0.0],
        ]
    )
    expected = [(expm(loop * k * sample_s) @ [0.0, 0.0, 0.0, 1.0])[0] for k in range(rows)]
    return float(np.max(np.abs(found - expected)) / step)


def drive_on_inverter() -> float:
    """Grid, inverter, induction motor and a viscous load: slip and grid power from the complex T-circuit."""
    r1, x1, r2, x2, xm, rated = 0.641, 1.106, 0.332, 0.464, 26.3, 2 * np.pi * 60
    drag, share, volts, loss, idle = 0.25, 0.6, 480.0, 0.02, 30.0
    numbers = {
        "stator_ohm": r1, "stator_leakage_h": x1 / rated, "rotor_ohm": r2, "rotor_leakage_h": x2 / rated,
        "magnetising_h": xm / rated, "drag_n_m_s": drag, "iron_loss_w": 0.0, "heat_capacity_j_per_k": 1e12,
    }  # fmt: skip
    inverter = {
        "frequency_rated_hz": 60.0, "voltage_rated_v": 460.0, "boost_v": 0.0, "undervoltage_v": 1e-3,
        "current_loss_ratio": loss, "idle_loss_w": idle, "current_limit_a": 100.0,
    }  # fmt: skip
    parts = (
        Part("grid", "grid"),
        Part("inverter", "inverter_drive", inverter),
        Part("motor", "induction_motor", numbers),
        Part("lead", "constant"),
    )
    links = (
        ("grid.line", "inverter.supply"), ("inverter.motor", "motor.line"), ("inverter.frequency", "motor.frequency"),
        ("lead.out", "inverter.command"),
    )  # fmt: skip
    names = ["motor.shaft.speed_rad_per_s", "inverter.power_w"]
    inputs = {"grid.voltage_v": volts, "lead.level_ratio": share}
    found = simulate(Plant(parts, links), names, rows=2, sample_s=60.0, inputs=inputs)[-1]
    synchronous, phase_v = share * rated / 2, share * 460 / np.sqrt(3)

    def gap(slip: float) -> tuple[float, float]:
        rotor = r2 / slip + 1j * share * x2
        stator_a = phase_v / (r1 + 1j * share * x1 + 1j * share * xm * rotor / (1j * share * xm + rotor))
        rotor_a = stator_a * 1j * share * xm / (1j * share * xm + rotor)
        return 3 * abs(rotor_a) ** 2 * r2 / slip / synchronous, 3 * phase_v * stator_a.real

    slip = brentq(lambda s: gap(s)[0] - drag * (1 - s) * synchronous, 1e-6, 0.1, xtol=1e-15)
    motor_w = gap(slip)[1]
    grid_w = motor_w + loss * motor_w / (share * 460) * volts + idle
    return max(abs(found[0] / ((1 - slip) * synchronous) - 1), abs(found[1] / grid_w - 1))


CASES = (
    Case("DC motor, steady and warm", "root of voltage, torque and heat balance (scipy)", "speed, current, temperature",
         1e-6, "steady state, 120 time constants", steady_motor),
    Case("servo motor, small step", "matrix exponential of the linear loops (scipy)", "speed, error / step",
         1e-5, "corners of the torque limit are cut over 20 N·m in 20 kN·m", servo_step),
    Case("induction motor on an inverter", "root of the complex T-circuit (scipy)", "speed and grid power", 1e-5,
         "corners of the V/f curve and of the currents are cut over a thousandth", drive_on_inverter),
)  # fmt: skip
