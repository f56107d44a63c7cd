"""NASA's ProgPy models, their published equations as component types, against ProgPy itself.

Source  Daigle & Goebel (2013), IEEE Trans. SMC 43, 535, doi:10.1109/TSMCA.2012.2207109 (pump); Corbetta & Kulkarni
        (2019), PHM Society (brushless motor); package progpy 1.9
"""

import numpy as np
import sympy as sp

from physics.contract import Component, parameter, state
from physics.network.plant import Part, Plant
from physics.simulate.rollout import Options
from tests.verify.case import Case, simulate

AMBIENT_K, SUPPLY_V, SYNCHRONOUS_RAD_PER_S, SUCTION_PA, DISCHARGE_PA = 290.0, 471.2389, 376.9911, 239179.0, 928654.0
"""The operating point of the pump in ProgPy's own example."""

WEAR = {"wA": 1e-2, "wRadial": 1e-10, "wThrust": 1e-10}


class ProgpyPump(Component):
    """ProgPy's CentrifugalPumpBase with its defaults and the wear rates above."""

    name = "progpy_pump"
    wear_area = parameter("1", "wA", default=WEAR["wA"])
    speed = state("rad/s", "w", default=376.991118431, nominal=100.0)
    flow = state("m**3/s", "Q", nominal=0.1)
    thrust_k = state("K", "Tt", default=290.0, nominal=100.0)
    radial_k = state("K", "Tr", default=290.0, nominal=100.0)
    oil_k = state("K", "To", default=290.0, nominal=100.0)
    area = state("m**2", "A", default=12.7084, nominal=10.0)
    radial = state("1", "rRadial", default=1.8e-6, nominal=1e-6)
    thrust = state("1", "rThrust", default=1.4e-6, nominal=1e-6)

    def law(self, m):
        w, q = m.speed, m.flow
        drop = SUCTION_PA - DISCHARGE_PA
        leak = 1e-10 * sp.sqrt(abs(drop)) * np.sign(drop)
        out = sp.Piecewise((q - leak, q > leak), (0, True))
        slip = (SYNCHRONOUS_RAD_PER_S - w) / SYNCHRONOUS_RAD_PER_S
        slip = sp.Piecewise((1, slip > 1), (-1, slip < -1), (slip, True))
        shunt = (0.36 + 0.076 / slip) ** 2 + (SYNCHRONOUS_RAD_PER_S * 0.00063) ** 2
        electric = 3 * 0.076 / (slip * (SYNCHRONOUS_RAD_PER_S + 0.00001)) * SUPPLY_V**2 / shunt
        back = -9179.4 * out**2 + 5.77703 * w * out + 0.00149204 * w**2
        rise = m.area * w**2 + 17984.6 * w * q + drop
        driven = 8.24123e-5 * sp.sqrt(sp.Abs(rise)) * sp.sign(rise)
        return {
            "speed.rate": (electric - (0.008 + m.thrust + m.radial) * w - back) / 50,
            "flow.rate": (driven - q) / 5,
            "thrust_k.rate": (m.thrust * w**2 + 0.0034 * (AMBIENT_K - m.thrust_k) + 0.0026 * (m.oil_k - m.thrust_k))
            / 7.3,
            "radial_k.rate": (m.radial * w**2 + 0.0018 * (AMBIENT_K - m.radial_k) + 0.02 * (m.oil_k - m.radial_k))
            / 2.4,
            "oil_k.rate": ((m.thrust_k - m.oil_k) + 3 * (m.radial_k - m.oil_k) + 1.5 * (AMBIENT_K - m.oil_k)) / 8000,
            "area.rate": -m.wear_area * q**2,
            "radial.rate": WEAR["wRadial"] * m.radial * w**2,
            "thrust.rate": WEAR["wThrust"] * m.thrust * w**2,
        }


class ProgpyMotor(Component):
    """ProgPy's DCMotor (brushless, three phases) over its first electrical turn."""

    name = "progpy_motor"
    a_a = state("A", "i_a", nominal=10.0)
    b_a = state("A", "i_b", nominal=10.0)
    c_a = state("A", "i_c", nominal=10.0)
    speed = state("rad/s", "v_rot", nominal=100.0)
    angle = state("rad", "theta", nominal=1.0)

    def law(self, m):
        degree = m.angle * 180 / sp.pi
        shapes = [_back_emf(degree), _back_emf(degree, 120), _back_emf(degree, 240)]
        currents = [m.a_a, m.b_a, m.c_a]
        rates = {
            f"{name}.rate": (volts - 0.081 * current - 0.0265 * shape * m.speed) / 83e-6
            for name, volts, current, shape in zip(("a_a", "b_a", "c_a"), MOTOR_V, currents, shapes, strict=True)
        }
        torque = 0.0265 * sum(shape * current for shape, current in zip(shapes, currents, strict=True))
        return rates | {"speed.rate": (torque - LOAD_N_M) / 26.967e-6, "angle.rate": 14 * m.speed}


MOTOR_V, LOAD_N_M = (1.0, -1.0, 0.0), 0.02
CORNERS = ((0, 1.0), (120, 1.0), (180, -1.0), (300, -1.0), (360, 1.0))


def _back_emf(degree, late=0):
    """Trapezoid of one phase, `late` degrees behind the first; linear between corners."""
    points = sorted(((corner + late) % 360, value) for corner, value in CORNERS[:-1])
    points = [(points[-1][0] - 360, points[-1][1]), *points, (points[0][0] + 360, points[0][1])]
    pieces = [
        (low + (high - low) * (degree - x) / (y - x), degree <= y)
        for (x, low), (y, high) in zip(points[:-1], points[1:], strict=True)
    ]
    return sp.Piecewise(*pieces[:-1], (pieces[-1][0], True))


def progpy_series(model, load: dict, start: dict, end_s: float, step_s: float, names: list[str], every: int):
    """ProgPy's own states at equal times, its explicit Euler steps of `step_s`."""
    state, rows = model.StateContainer(start), []
    driven = model.InputContainer(load)
    count = round(end_s / step_s)
    for k in range(count + 1):
        if k % every == 0:
            rows.append([float(np.squeeze(state[name])) for name in names])
        state = model.next_state(state, driven, step_s)
    return np.array(rows)


def extrapolated(run, step_s: float, every: int):
    """First-order Euler results at two steps, extrapolated to a step of zero (Richardson)."""
    return 2 * run(step_s / 2, 2 * every) - run(step_s, every)


def pump() -> float:
    from progpy.models import CentrifugalPumpBase

    names = ["w", "Q", "Tt", "Tr", "To", "A"]
    load = {"Tamb": AMBIENT_K, "V": SUPPLY_V, "pdisch": DISCHARGE_PA, "psuc": SUCTION_PA,
            "wsync": SYNCHRONOUS_RAD_PER_S}  # fmt: skip
    model = CentrifugalPumpBase(**WEAR)
    start = dict(model.parameters["x0"]) | {"QLeak": 0.0}
    expected = extrapolated(
        lambda step, every: progpy_series(model, load, start, 1200.0, step, names, every), 0.1, 1200
    )
    outputs = [f"p.{n}" for n in ("speed", "flow", "thrust_k", "radial_k", "oil_k", "area")]
    found = simulate(Plant((Part("p", "progpy_pump"),)), outputs, rows=11, sample_s=120.0, types=TYPES)
    return float(np.max(np.abs(found - expected) / np.abs(expected).max(axis=0)))


def motor() -> float:
    from progpy.models import DCMotor

    names = ["i_a", "i_b", "i_c", "v_rot", "theta"]
    load = dict(zip(("v_a", "v_b", "v_c", "t_l"), (*MOTOR_V, LOAD_N_M), strict=True))
    start = dict.fromkeys(names, 0.0)
    model = DCMotor()
    expected = extrapolated(
        lambda step, every: progpy_series(model, load, start, MOTOR_S, step, names, every), 1e-6, round(MOTOR_S / 2e-5)
    )
    outputs = [f"m.{n}" for n in ("a_a", "b_a", "c_a", "speed", "angle")]
    found = simulate(Plant((Part("m", "progpy_motor"),)), outputs, rows=21, sample_s=MOTOR_S / 20, types=TYPES,
                     options=Options(rtol=1e-8))  # fmt: skip
    assert 1.0 < expected[-1, -1] < 2 * np.pi
    return float(np.max(np.abs(found - expected) / np.abs(expected).max(axis=0)))


MOTOR_S = 0.01
TYPES = {kind.name: kind for kind in (ProgpyPump, ProgpyMotor)}
CASES = (
    Case("ProgPy CentrifugalPump, 20 min with wear", "progpy 1.9, Euler 0.1 s and 0.05 s extrapolated",
         "each state / its largest", 1e-3, "BENCHMARKS: 0.1 %", pump, slow=True, needs=("progpy",)),
    Case("ProgPy DCMotor, run-up, three phases", "progpy 1.9, Euler 1 µs and 0.5 µs extrapolated",
         "each state / its largest", 1e-3, "BENCHMARKS: 0.1 %", motor, slow=True, needs=("progpy",)),
)  # fmt: skip
