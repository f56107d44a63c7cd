"""Compressed air, a relief valve and a column of water, against closed forms and SciPy on equations of their own."""

from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from physics.network.plant import Part, Plant
from physics.simulate.rollout import Options
from tests.verify.case import Case, relative, simulate

R, KAPPA = 287.05, 1.4
CP, ZERO_K = KAPPA * R / (KAPPA - 1), 273.15
SONIC, CRITICAL, AIR_KG_PER_M3, ROOM_K = 2e-8, 0.3, 1.185, 293.15
VOLUME_M3, WALL_W_PER_K = 0.2, 8.0
MAIN_PA, OUTSIDE_PA = 9e5, 1.0e5


def iso_6358(up_pa: float, down_pa: float, up_k: float) -> float:
    """Mass flow of ISO 6358-1 with its corner at the critical ratio and its infinite slope at ratio one."""
    if down_pa > up_pa:
        return -iso_6358(down_pa, up_pa, up_k)
    ratio = max(down_pa / up_pa, CRITICAL)
    return SONIC * AIR_KG_PER_M3 * up_pa * np.sqrt(ROOM_K / up_k * (1 - ((ratio - CRITICAL) / (1 - CRITICAL)) ** 2))


def vessel(wall_w_per_k: float, start_pa: float) -> Plant:
    """A receiver between two valves, one to the main and one to the air."""
    numbers = {"conductance_m3_per_s_pa": SONIC, "critical_ratio": CRITICAL}
    parts = (
        Part("main", "gas_source", {"pressure_pa": MAIN_PA}),
        Part("fill", "pneumatic_valve", numbers),
        Part(
            "tank", "receiver", {"volume_m3": VOLUME_M3, "loss_w_per_k": wall_w_per_k}, {"cold_pressure_pa": start_pa}
        ),
        Part("vent", "pneumatic_valve", numbers),
        Part("air", "gas_source", {"pressure_pa": OUTSIDE_PA}),
    )
    links = (
        ("main.outlet", "fill.inlet"), ("fill.outlet", "tank.tap"), ("tank.tap", "vent.inlet"),
        ("vent.outlet", "air.outlet"),
    )  # fmt: skip
    return Plant(parts, links)


def blow_down() -> float:
    """Choked, without heat: M = M_0 (1 + (κ - 1) t / (2 τ))^(-2 / (κ - 1)), p along the isentrope."""
    shut = {"fill.opening_ratio": 0.0, "vent.opening_ratio": 1.0}
    names = ["tank.mass_kg", "tank.pressure_pa", "tank.temperature_k"]
    found = simulate(vessel(0.0, MAIN_PA), names, rows=21, sample_s=1.0, inputs=shut)
    mass = MAIN_PA * VOLUME_M3 / (R * ROOM_K)
    tau = mass / (SONIC * AIR_KG_PER_M3 * MAIN_PA)
    left = (1 + (KAPPA - 1) / 2 * np.arange(21.0) / tau) ** (-2 / (KAPPA - 1))
    assert OUTSIDE_PA < CRITICAL * MAIN_PA * left[-1] ** KAPPA
    expected = np.stack([mass * left, MAIN_PA * left**KAPPA, ROOM_K * left ** (KAPPA - 1)], axis=1)
    return max(relative(found[:, k], expected[:, k]) for k in range(3))


def fill_and_vent() -> float:
    """Fill for two minutes, rest, vent: the vessel warms, cools through its wall, and cools below the hall."""
    rows, fill, vent = 301, np.zeros(301), np.zeros(301)
    fill[:120], vent[180:] = 1.0, 0.7
    inputs = {"fill.opening_ratio": fill, "vent.opening_ratio": vent}
    names = ["tank.pressure_pa", "tank.temperature_k"]
    found = simulate(vessel(WALL_W_PER_K, OUTSIDE_PA), names, rows=rows, sample_s=1.0, inputs=inputs)
    expected = np.empty((rows, 2))
    expected[0] = OUTSIDE_PA, ROOM_K
    for row in range(rows - 1):
        run = solve_ivp(
            _vessel_rates,
            (0.0, 1.0),
            expected[row],
            "Radau",
            rtol=1e-10,
            atol=[1e-3, 1e-6],
            args=(fill[row], vent[row]),
        )
        expected[row + 1] = run.y[:, -1]
    return max(relative(found[:, 0], expected[:, 0]), relative(found[:, 1] - ROOM_K, expected[:, 1] - ROOM_K))


def _vessel_rates(_t: float, state: NDArray[np.float64], fill: float, vent: float) -> list[float]:
    pressure, temperature = state
    entering = fill * iso_6358(MAIN_PA, pressure, ROOM_K)
    leaving = vent * iso_6358(pressure, OUTSIDE_PA, temperature)
    heat = WALL_W_PER_K * (ROOM_K - temperature)
    inner = CP / KAPPA
    mass = pressure * VOLUME_M3 / (R * temperature)
    warming = entering * (CP * ROOM_K - inner * temperature) - leaving * (CP - inner) * temperature + heat
    rate = warming / (mass * inner)
    return [pressure * (rate / temperature + (entering - leaving) / mass), rate]


def air_of_a_day(*, energy: bool) -> float:
    """Three insulated vessels level out over pipe, valve and orifice: mass, or energy, lost over moved."""
    still = {"loss_w_per_k": 0.0}
    parts = (
        Part("a", "receiver", still, {"cold_pressure_pa": 9e5}),
        Part("pipe", "gas_pipe"),
        Part("valve", "pneumatic_valve", {"conductance_m3_per_s_pa": 2e-9}),
        Part("b", "receiver", still | {"volume_m3": 2.0}),
        Part("hole", "gas_orifice", {"area_m2": 1e-8}),
        Part("c", "receiver", still | {"volume_m3": 0.1}, {"cold_pressure_pa": 3e5, "warm_pressure_pa": 6e4}),
    )
    links = (
        ("a.tap", "pipe.inlet"), ("pipe.outlet", "valve.inlet"), ("valve.outlet", "b.tap"), ("b.tap", "hole.inlet"),
        ("hole.outlet", "c.tap"),
    )  # fmt: skip
    names = [f"{vessel}.{what}" for what in ("mass_kg", "temperature_k") for vessel in "abc"]
    found = simulate(Plant(parts, links), names, rows=1441, sample_s=60.0, options=Options(rtol=1e-4))
    mass, temperature = found[:, :3], found[:, 3:]
    moved = np.abs(mass - mass[0]).sum(axis=1)[-1] / 2
    held, size = (mass * CP / KAPPA * temperature, moved * CP * ROOM_K) if energy else (mass, moved)
    return float(np.max(np.abs(held.sum(axis=1) - held[0].sum())) / size)


SET_PA, RESEAT_PA, FULL_PA, BACK_PA = 6e5, 5.4e5, 6.6e5, 101_325.0
SUPPLY_PA = np.tile(np.repeat([1.2e6, 5.2e5], 150), 4)
"""Absolute, a value each 0.1 s: it fills for 15 s and draws back for 15 s, four times."""

GAS_M3, CHARGE_PA, RHO = 5e-3, 3e5, 998.2
RELIEF_M3_PER_S, HOLE_M2, SAMPLE_S = 4e-4, 3e-6, 0.1


def _charged_pa(liquid_m3: float) -> float:
    return CHARGE_PA / (1 - liquid_m3 / GAS_M3)


def relief_cycles() -> float:
    """A supply fills an accumulator and draws back, a relief valve blows off in between: volumes over two minutes."""
    numbers = {"set_pa": SET_PA, "flow_coefficient_m3_per_s": RELIEF_M3_PER_S}
    bag = {"gas_volume_m3": GAS_M3, "precharge_pa": CHARGE_PA, "exponent_ratio": 1.0}
    parts = (
        Part("supply", "reservoir"),
        Part("line", "orifice", {"area_m2": HOLE_M2}),
        Part("bag", "accumulator", bag, {"liquid_m3": 2e-3}),
        Part("valve", "relief_valve", numbers),
        Part("back", "reservoir", {"pressure_pa": BACK_PA}),
    )
    links = (
        ("supply.outlet", "line.inlet"), ("line.outlet", "bag.tap"), ("bag.tap", "valve.inlet"),
        ("valve.outlet", "back.outlet"),
    )  # fmt: skip
    found = simulate(
        Plant(parts, links), ["bag.liquid_m3", "valve.open"], rows=len(SUPPLY_PA), sample_s=SAMPLE_S,
        inputs={"supply.pressure_pa": SUPPLY_PA},
    )  # fmt: skip
    expected = _relief_reference()
    assert int(np.sum(np.diff(found[:, 1]) > 0)) == 4
    assert int(np.sum(np.diff(found[:, 1]) < 0)) >= 3
    return relative(found[:, 0], expected, float(np.ptp(expected)))


def _relief_reference() -> NDArray[np.float64]:
    """Volumes at the samples, by runs from one crossing to the next."""

    def crossing(_t: float, state: NDArray[np.float64], opened: bool, _supply_pa: float) -> float:
        over = _charged_pa(state[0]) - BACK_PA
        return RESEAT_PA - over if opened else over - SET_PA

    crossing.terminal, crossing.direction = True, 1.0  # type: ignore[attr-defined]  # SciPy reads both off the function
    expected, is_open = np.full(len(SUPPLY_PA), 2e-3), False
    for row, supply_pa in enumerate(SUPPLY_PA[:-1]):
        start, volume = 0.0, expected[row]
        while start < SAMPLE_S:
            run = solve_ivp(
                _relief_rate, (start, SAMPLE_S), [volume], "DOP853", rtol=1e-11, atol=1e-16, args=(is_open, supply_pa),
                events=crossing,
            )  # fmt: skip
            start, volume = run.t[-1], run.y[0, -1]
            is_open = not is_open if run.status == 1 else is_open
        expected[row + 1] = volume
    return expected


def _relief_rate(_t: float, state: NDArray[np.float64], is_open: bool, supply_pa: float) -> list[float]:
    inside = _charged_pa(state[0])
    entering = 0.62 * HOLE_M2 * np.sign(supply_pa - inside) * np.sqrt(2 * abs(supply_pa - inside) / RHO)
    over = inside - BACK_PA
    lift = min(max((over - RESEAT_PA) / (FULL_PA - RESEAT_PA), 0.0), 1.0) if is_open else 0.0
    return [entering - lift * RELIEF_M3_PER_S * np.sqrt(over / 1e5)]


def column_starts() -> float:
    """A column of water driven against Colebrook's friction; SciPy solves the implicit factor at each instant."""
    length, diameter, rough, nu, head_pa = 400.0, 0.2, 1e-4, 1e-6, 5e4
    inside = {"inlet_side_pa": BACK_PA + head_pa, "outlet_side_pa": BACK_PA}
    parts = (
        Part("a", "reservoir", {"pressure_pa": BACK_PA + head_pa}),
        Part("pipe", "inertial_pipe", {"length_m": length, "diameter_m": diameter, "roughness_m": rough}, inside),
        Part("b", "reservoir", {"pressure_pa": BACK_PA}),
    )
    plant = Plant(parts, (("a.outlet", "pipe.inlet"), ("pipe.outlet", "b.outlet")))
    found = simulate(plant, ["pipe.velocity_m_per_s"], rows=61, sample_s=1.0)[:, 0]

    def rate(_t: float, state: NDArray[np.float64]) -> list[float]:
        speed = max(float(state[0]), 1e-3)
        root = 8.0
        for _ in range(60):
            root = -2 * np.log10(rough / (3.7 * diameter) + 2.51 * root / (speed * diameter / nu))
        return [head_pa / (RHO * length) - speed**2 / (2 * diameter * root**2)]

    run = solve_ivp(rate, (0.0, 60.0), [0.0], "LSODA", rtol=1e-9, atol=1e-12, t_eval=np.arange(61.0))
    return relative(found, run.y[0])


CASES = (
    Case("receiver blows down, choked, no heat", "closed form, isentrope", "mass, pressure, temperature, relative",
         2e-6, "100 × rtol 1e-8, and still gas mixes as 0.5 mg/s would", blow_down),
    Case("receiver filled, left to cool, vented", "SciPy Radau, ISO 6358 as printed", "pressure and warming, relative",
         2e-4, "where pressures meet, the law's infinite slope is cut over 50 Pa", fill_and_vent),
    Case("air: three vessels level out, a day", "conservation of mass", "mass lost / moved", 1e-9,
         "BENCHMARKS; default rtol 1e-4", partial(air_of_a_day, energy=False)),
    Case("same", "conservation of energy", "energy lost / moved", 1e-3, "BENCHMARKS: 10 × rtol of 1e-4",
         partial(air_of_a_day, energy=True)),
    Case("relief valve blows off an accumulator again and again", "SciPy DOP853 with events, sharp corners",
         "liquid, largest error / swing", 2e-4, "corners of the lift are cut over a thousandth", relief_cycles),
    Case("column of water starts", "SciPy LSODA, Colebrook solved at each instant", "velocity, relative", 1e-3,
         "the pipe's logarithm is rounded by 0.12 %, and its wall gives a little", column_starts),
)  # fmt: skip
