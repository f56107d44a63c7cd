"""Controls: a PI controller at its limits, a shift plan over weeks, a dead time on a ramp."""

import numpy as np
from scipy.integrate import solve_ivp

from physics.network.plant import Part, Plant
from tests.verify.case import Case, relative, simulate


def anti_windup() -> float:
    """A setpoint far out of reach for a while, then back: the same loop with sharp limits, by scipy in short steps."""
    gain, integral_s, lag_s, filter_s, rows, sample_s = 4.0, 10.0, 30.0, 0.5, 120, 1.0
    numbers = {"gain_ratio": gain, "integral_time_s": integral_s, "filter_time_s": filter_s, "bias_ratio": 0.0}
    parts = (
        Part("pid", "pid", numbers, {"filtered_ratio": 0.0}),
        Part("plant", "lag", {"time_constant_s": lag_s}),
    )
    plant = Plant(parts, (("plant.out", "pid.measured"), ("pid.out", "plant.heard")))
    setpoint = np.where(np.arange(rows) < 60, 1.5, 0.3)  # at most 1 can be reached

    def rate(t: float, y: np.ndarray, wanted: float) -> list[float]:
        value, felt, integral = y
        error = wanted - felt
        raw = gain * (error + integral)
        sent = min(max(raw, 0.0), 1.0)
        return [(sent - value) / lag_s, (value - felt) / filter_s, (error + (sent - raw) / gain) / integral_s]

    course = [np.zeros(3)]
    for wanted in setpoint[:-1]:
        step = solve_ivp(rate, (0, sample_s), course[-1], max_step=0.02, rtol=1e-9, atol=1e-11, args=(wanted,))
        course.append(step.y[:, -1])
    inputs = {"pid.setpoint_ratio": setpoint}
    found = simulate(plant, ["plant.output_ratio"], rows=rows, sample_s=sample_s, inputs=inputs)[:, 0]
    return relative(found, np.array(course)[:, 0])


def shift_plan() -> float:
    """Heat that a plan of two shifts on five days, one over midnight, lets into a body in four weeks: hours by hand."""
    hour, power = 3600.0, 2000.0
    plan = {
        "start1_s": 6 * hour, "end1_s": 14.5 * hour, "start2_s": 22 * hour, "end2_s": 3 * hour, "workdays_count": 5.0,
    }  # fmt: skip
    heater = {"resistance_ohm": 230.0**2 / power, "temperature_coefficient_per_k": 0.0, "heat_capacity_j_per_k": 1e9}
    parts = (Part("plan", "schedule", plan), Part("mains", "voltage_source"), Part("heater", "electric_heater", heater))
    links = (("plan.out", "heater.command"), ("mains.plus", "heater.plus"))
    inputs = {"mains.voltage_v": 230.0, "plan.level1_ratio": 1.0, "plan.level2_ratio": 0.5}
    weeks = 4
    names = ["heater.heat.temperature_k"]
    found = simulate(Plant(parts, links), names, rows=2, sample_s=weeks * 7 * 24 * hour, inputs=inputs)[-1, 0]
    day_s = 8.5 * hour + 0.5 * (2 + 3) * hour  # from 22 to 24 and from 0 to 3, half power
    return float(abs((found - 293.15) * 1e9 / (power * weeks * 5 * day_s) - 1))


def delayed_ramp() -> float:
    """A slow ramp behind a dead time arrives later by just that time."""
    dead_s, slope = 10.0, 0.01
    parts = (
        Part("high", "constant"),
        Part("ramp", "ramp", {"rise_per_s": slope}),
        Part("delay", "delay", {"dead_time_s": dead_s}),
    )
    plant = Plant(parts, (("high.out", "ramp.target"), ("ramp.out", "delay.heard")))
    found = simulate(plant, ["delay.out.value"], rows=60, sample_s=1.0, inputs={"high.level_ratio": 1.0})[:, 0]
    t = np.arange(60.0)
    late = t >= 4 * dead_s
    return relative(found[late], slope * (t[late] - dead_s))


CASES = (
    Case("PI controller leaves its limit", "scipy, the same loop with sharp limits", "controlled value, relative", 1e-4,
         "corners of the output's limits are cut over a thousandth of its range", anti_windup),
    Case("shift plan over four weeks", "hours by hand", "heat, relative", 1e-5,
         "outside of shifts and at full power the heater's command is 1e-6 off its ends", shift_plan),
    Case("ramp behind a dead time", "closed form, r (t - T)", "signal from 4 T on, relative", 1e-5,
         "corners of the ramp's rates are cut over a thousandth", delayed_ramp),
)  # fmt: skip
