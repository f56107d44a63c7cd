"""A bottling hall that the product has never seen: own equations in SciPy, with effects that the plant file lacks.

Nothing here comes from Plantwin's engine. The pump follows a three-term polynomial, pipes Blasius' power law, speeds
are quasi-static, heat transfer goes by flow. Hidden from plant.yaml: grease that thins as bearings warm, a cooler that
breathes its own warm air, a pump curve of another shape, a leak that grows, wear that speeds itself up.
"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from scipy.integrate import solve_ivp

from examples.bottling import log, schedule

DEMO_CHANGE = ("--factor", "SC-101=0.8")
"""The demo's question, as `twin whatif` takes it: what if the cooling pump ran at 80 % of its set speed?"""

DAYS = 14.375
"""From Monday 00:00 to Monday 10:00 two weeks on (one hour fell to summer time): the log ends in mid-production."""

RHO, CP, G, ATM = 998.0, 4183.0, 9.81, 101_325.0
MAINS_V, POWER_FACTOR = 230.0, 0.8
PUMP_NOMINAL = 151.8
PIPES = 2 * 15_200.0 / 1.8e-3**1.75
"""Both pipes by Blasius: 15.2 kPa each at 1.8 L/s."""

PIPES_NEARLY = 2 * 15_200.0 / 1.8e-3**2
"""The same as a square law, to begin the search with."""

STATES = (
    "level", "tank", "machine", "motor1", "bearing1", "bearing2", "valve", "felt1", "felt2", "integral1", "integral2",
    "filtered1", "filtered2", "wear1", "wear2", "wear3", "ring", "clog", "leak", "belt", "motor2", "motor3",
)  # fmt: skip
AT = {name: index for index, name in enumerate(STATES)}
BEGIN = {
    "level": 1.08, "tank": 294.0, "machine": 297.0, "motor1": 308.0, "bearing1": 312.0, "bearing2": 293.0, "valve": 0.3,
    "felt1": 294.0, "felt2": 297.0, "filtered1": 294.0, "filtered2": 297.0, "wear1": 0.60, "wear2": 0.35, "wear3": 1.1,
    "ring": 0.3, "clog": 0.3, "leak": 6.0e-8, "belt": 0.05, "motor2": 295.0, "motor3": 295.0,
}  # fmt: skip


def simulate(drives: schedule.Drives) -> dict[str, np.ndarray]:
    """True signals before any sensor, SI, shape [T] each; a measurement at t sees the inputs up to t."""
    count = len(drives.times)
    columns = np.column_stack([
        drives.pump_rad_per_s, drives.conveyor_rad_per_s, drives.load_kg, drives.filler_rad_per_s, drives.heat_w,
    ])  # fmt: skip
    changes = np.flatnonzero(np.any(np.diff(columns, axis=0) != 0, axis=1)) + 1
    edges = [0, *changes.tolist(), count]
    states = np.empty((count, len(STATES)))
    state = np.array([BEGIN.get(name, 0.0) for name in STATES])
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        if drives.product[first] == -1 and _is_maintenance(drives, first):
            state[AT["clog"]] = 0.05
        held = columns[first]
        times = np.arange(first, last + 1) * schedule.STEP_S

        def rates(t, z, held=held):
            k = min(t / schedule.STEP_S, count - 1.000001)
            low = int(k)
            air = _between(drives.outdoor_k, low, k - low), _between(drives.hall_k, low, k - low)
            return _rates(z, held, air)

        run = solve_ivp(
            rates, (times[0], times[-1]), state, "LSODA", t_eval=times, rtol=1e-5, atol=1e-7, max_step=900.0
        )
        assert run.success, run.message
        states[first:last] = run.y.T[:-1]
        state = run.y[:, -1]
    rows = [_signals(states[k], columns[max(k - 1, 0)], drives.outdoor_k[k]) for k in range(count)]
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def _is_maintenance(drives, first):
    local = drives.times[first].astimezone(schedule.ZONE)
    begun = drives.times[0].astimezone(schedule.ZONE).date()
    return (local.date() - begun).days == schedule.STOP_DAY and local.hour + local.minute / 60 == schedule.STOP_HOURS[0]


def _between(series, low, share):
    return series[low] * (1 - share) + series[min(low + 1, len(series) - 1)] * share


def cooling_circuit(z):
    """What the loop needs, against the flow: lift (Pa), square-law loss of valve, fittings and filter, filter alone."""
    share = max((5.0 ** z[AT["valve"]] - 1) / 4.0, 1e-3)
    filtering = 1.5e4 * (1 + z[AT["clog"]]) / 1.8e-3**2
    return -RHO * G * z[AT["level"]], 1e5 / (2.35e-3 * share) ** 2 + 2 * 1e5 / 4.1e-3**2 + filtering, filtering


def cooling_flow(speed, circuit, ring):
    """Operating point: polynomial pump curve against the circuit with Blasius pipes; flow m³/s and rise Pa."""
    n = speed / PUMP_NOMINAL
    if n < 1e-3:
        return 0.0, 0.0
    lift, square, _filtering = circuit
    wear = RHO * G * (1 - 0.02 * ring)
    head, tilt, bend = 20.2 * n * n * wear, 700.0 * n * wear, 1.38e6 * wear
    square += bend
    nearly = square + PIPES_NEARLY
    q = (tilt + math.sqrt(tilt * tilt + 4 * nearly * (head - lift))) / (2 * nearly)
    for _ in range(3):
        power = q**0.75
        excess = head - lift + tilt * q - square * q * q - PIPES * power * q
        q -= excess / (tilt - 2 * square * q - 1.75 * PIPES * power)
    return q, head + tilt * q - bend * q * q


def pump_torque(speed, q, rise):
    """Shaft torque of the pump: hydraulic power over an efficiency parabola, and disc friction, N·m."""
    n = speed / PUMP_NOMINAL
    if n < 1e-3:
        return 0.0
    efficiency = 0.20 + 0.52 * (1 - (q / (2.5e-3 * n) - 1) ** 2)
    return rise * q / efficiency / speed + 0.15 * n * n


def bearing_torque(speed, dry, viscous, wear, temperature, thinning):
    """Friction of a greased bearing: grease thins exponentially as it warms."""
    if speed < 1e-3:
        return 0.0
    return (dry + viscous * speed) * math.exp(-thinning * (temperature - 308.0)) * (1 + wear)


def makeup_flow(z):
    """City water through the float valve, m³/s."""
    return 2.0e-6 * math.sqrt(3.0) * min(max(0.15 + 4.0 * (1.1 - z[AT["level"]]), 0.0), 1.0)


def motor(set_speed, load, rated, slip, rated_speed, stator, idle, temperature):
    """Speed, electric power and loss of an induction motor on its slip line; `load` gives torque at a speed."""
    if set_speed < 1e-3:
        return 0.0, 0.0, 0.0
    speed = set_speed
    for _ in range(3):
        torque = load(speed)
        speed = set_speed - slip * rated_speed * torque / rated
    copper = stator * (1 + 0.00393 * (temperature - 293.15)) * (torque / rated) ** 2
    power = torque * set_speed + copper + idle * (set_speed / rated_speed) ** 1.7
    return speed, power, power - torque * speed


def _loop(z, set_speed):
    """Everything of the cooling pump set at one moment."""
    point, circuit = {}, cooling_circuit(z)

    def load(speed):
        q, rise = cooling_flow(speed, circuit, z[AT["ring"]])
        friction = bearing_torque(speed, 0.15, 1.0e-3, z[AT["wear1"]], z[AT["bearing1"]], 0.018)
        point.update(q=q, rise=rise, drop=circuit[2] * q * q, friction_w=friction * speed)
        return pump_torque(speed, q, rise) + friction

    speed, power, loss = motor(set_speed, load, 5.0, 0.04, PUMP_NOMINAL, 68.0, 40.0, z[AT["motor1"]])
    return (
        {"q": 0.0, "rise": 0.0, "drop": 0.0, "friction_w": 0.0} | point | {"speed": speed, "power": power, "loss": loss}
    )


def _conveyor(z, set_speed, load_kg):
    """The conveyor's drive train at one moment, speeds and torques at the motor."""
    point = {}

    def load(speed):
        drum = speed / 20.0
        friction = bearing_torque(drum, 1.2, 0.06, z[AT["wear2"]], z[AT["bearing2"]], 0.016)
        belt = 0.045 * 9.81 * (80.0 + load_kg) * (1 + z[AT["belt"]]) + 8.0 * 0.08 * drum
        point.update(friction_w=friction * drum, belt_w=0.045 * 9.81 * (80.0 + load_kg) * 0.08 * drum)
        return 0.12 + (friction + 0.08 * belt) / 20.0

    speed, power, loss = motor(set_speed, load, 2.0, 0.04, 150.0, 30.0, 20.0, z[AT["motor2"]])
    return {"friction_w": 0.0, "belt_w": 0.0} | point | {"speed": speed, "power": power, "loss": loss}


def _filler(z, set_speed):
    """The filling pump against its nozzles at one moment."""
    leak = 2.0e-5 * (1 + z[AT["wear3"]]) / 3e5
    nozzle = 0.62 * 5.3e-5 * math.sqrt(2 / RHO)
    point = {"q": 0.0, "rise": 0.0}

    def load(speed):
        push = 1.97e-5 * speed
        root = (-nozzle + math.sqrt(nozzle**2 + 4 * leak * push)) / (2 * leak)
        point.update(q=nozzle * root, rise=root**2)
        return 2.0e-5 * root**2 + 5e-3 * speed + 0.3

    speed, power, loss = motor(set_speed, load, 10.0, 0.04, 60.0, 50.0, 30.0, z[AT["motor3"]])
    return point | {"speed": speed, "power": power, "loss": loss, "leak_w": leak * point["rise"] ** 2}


def _controller(z, number, gain, bias, low):
    """PI with back-calculation, as the PLC has it: output and rate of its integral part."""
    setpoint = {1: 295.15, 2: 304.15}[number]
    error = z[AT[f"filtered{number}"]] - setpoint
    wanted = bias + gain * (error + z[AT[f"integral{number}"]])
    output = min(max(wanted, low), 1.0)
    return output, (error + (output - wanted) / gain) / 900.0


def _heat(z, q, outdoor, fan):
    """Heat from the filler to the water and from the water to the air, W, and the water's return temperature."""
    stream = RHO * q * CP
    if stream < 1.0:
        return 0.0, 0.0, z[AT["tank"]]
    jacket = 1850.0 * (q / 1.0e-3) ** 0.10
    taken = stream * (1 - math.exp(-jacket / stream)) * (z[AT["machine"]] - z[AT["tank"]])
    warm = z[AT["tank"]] + taken / stream
    breathed = outdoor + 0.28 * fan * max(warm - outdoor, 0.0)
    conductance = 140.0 + 1950.0 * fan**0.75
    given = stream * (1 - math.exp(-conductance / stream)) * (warm - breathed)
    return taken, given, warm - given / stream


def _rates(z, held, air):
    pump_set, conveyor_set, load_kg, filler_set, heat_w = held
    outdoor, hall = air
    loop, belt, fill = _loop(z, pump_set), _conveyor(z, conveyor_set, load_kg), _filler(z, filler_set)
    fan, integral1 = _controller(z, 1, 0.10, 0.4, 0.0)
    opening, integral2 = _controller(z, 2, 0.08, 0.7, 0.3)
    taken, _given, back = _heat(z, loop["q"], outdoor, fan)
    leaking = 0.62 * z[AT["leak"]] * math.sqrt(2 * max(loop["rise"] + RHO * G * z[AT["level"]], 0.0) / RHO)
    fresh = makeup_flow(z)
    content = RHO * 0.8 * z[AT["level"]]
    mixed = RHO * loop["q"] * (back - z[AT["tank"]]) + RHO * fresh * (285.15 - z[AT["tank"]])
    rates = dict.fromkeys(STATES, 0.0)
    rates["level"] = (fresh - leaking) / 0.8
    rates["tank"] = (mixed + 15.0 * (293.15 - z[AT["tank"]]) / CP) / content
    rates["machine"] = (heat_w - taken - 60.0 * (z[AT["machine"]] - hall)) / 1.5e6
    rates["motor1"] = (loop["loss"] - 4.5 * (z[AT["motor1"]] - hall)) / 9000.0
    rates["motor2"] = (belt["loss"] - 4.0 * (z[AT["motor2"]] - 293.15)) / 5000.0
    rates["motor3"] = (fill["loss"] - 4.0 * (z[AT["motor3"]] - 293.15)) / 5000.0
    rates["bearing1"] = (loop["friction_w"] - 2.0 * (z[AT["bearing1"]] - hall)) / 2500.0
    rates["bearing2"] = (belt["friction_w"] - 0.6 * (z[AT["bearing2"]] - 293.15)) / 1500.0
    rates["valve"] = (opening - z[AT["valve"]]) / 10.0
    rates["integral1"], rates["integral2"] = integral1, integral2
    rates["felt1"] = (z[AT["tank"]] - z[AT["felt1"]]) / 20.0
    rates["felt2"] = (z[AT["machine"]] - z[AT["felt2"]]) / 20.0
    rates["filtered1"] = (z[AT["felt1"]] - z[AT["filtered1"]]) / 2.0
    rates["filtered2"] = (z[AT["felt2"]] - z[AT["filtered2"]]) / 2.0
    rates["wear1"] = 1.7e-9 * loop["friction_w"] * (1 + 0.3 * z[AT["wear1"]])
    rates["wear2"] = 1.4e-8 * belt["friction_w"]
    rates["wear3"] = 1.7e-8 * fill.get("leak_w", 0.0)
    rates["ring"] = 2.0e-9 * 1e-4 * loop["rise"]
    rates["clog"] = 3.6e-4 * loop["q"]
    rates["leak"] = 2.0e-8 / (14 * 86_400)
    rates["belt"] = 5.0e-9 * belt["belt_w"]
    return [rates[name] for name in STATES]


def _signals(z, held, outdoor):
    """What the sensors would read without fault, SI."""
    pump_set, conveyor_set, load_kg, filler_set, _heat_w = held
    loop, belt, fill = _loop(z, pump_set), _conveyor(z, conveyor_set, load_kg), _filler(z, filler_set)
    fan, _ = _controller(z, 1, 0.10, 0.4, 0.0)
    amperes = 1 / (MAINS_V * POWER_FACTOR)
    return {
        "FT-101": loop["q"],
        "FT-105": makeup_flow(z),
        "PT-101": ATM + RHO * G * z[AT["level"]] + loop["rise"],
        "PT-102": loop["drop"],
        "IT-101": loop["power"] * amperes,
        "TT-101": z[AT["felt1"]],
        "TT-102": z[AT["felt2"]],
        "TT-103": z[AT["motor1"]],
        "TT-104": z[AT["bearing1"]],
        "LT-101": z[AT["level"]],
        "ZT-101": z[AT["valve"]],
        "SI-101": fan,
        "VT-101": 1.5 * (loop["speed"] / PUMP_NOMINAL) ** 2 * (1 + 1.95 * z[AT["wear1"]]),
        "IT-201": belt["power"] * amperes,
        "TT-201": z[AT["bearing2"]],
        "ST-201": 0.08 * belt["speed"] / 20.0,
        "FT-301": fill["q"],
        "PT-301": ATM + fill["rise"],
        "IT-301": fill["power"] * amperes,
    }


def write(folder: Path, *, days: float = DAYS, seed: int = 1) -> tuple[Path, Path]:
    """Write the log and the events of some days into a folder and name both files."""
    drives = schedule.make(days, seed)
    return log.write(Path(folder), drives, simulate(drives), seed)


if __name__ == "__main__":
    print(*write(Path("logs")))
