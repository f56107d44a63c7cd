"""The stiff island that we and the solvers beside us simulate: a controlled cooling loop of 19 states for one hour.

The bearing carries a load, so that no state stands still: a solver with dense matrices would pay for one that does.
No node is without storage, so that solvers of plain ordinary differential equations take the very same equations. They
get them from our compiler, which also gives them the exact Jacobian where they can use one.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp

from physics.compiler.system import run_text
from physics.network.plant import Part, Plant
from physics.simulate.model import Model, compile_plant

PLAIN: dict[str, Any] = {
    **{f"{name}_": getattr(math, name) for name in ("sqrt", "exp", "log", "tanh", "sin", "cos", "atan")},
    **{f"{name}_": getattr(operator, name) for name in ("lt", "le", "gt", "ge", "eq", "ne")},
    "and_": operator.and_, "or_": operator.or_, "not_": operator.not_, "abs_": abs,
    "off_whole_": lambda x: x - round(x),
    "select_": lambda chosen, a, b: a if chosen else b,
}  # fmt: skip
"""The elementary functions of our syntax on Python's own numbers."""

SEGMENT_S, SEGMENTS = 300.0, 12
SPREAD_RATIO = 0.15
PARTS = (
    Part("mains", "voltage_source"),
    Part("motor", "dc_motor", {"resistance_ohm": 0.08, "torque_constant_n_m_per_a": 0.14, "cooling_w_per_k": 8.0}),
    Part("bearing", "bearing"),
    Part("pump", "centrifugal_pump", {"wear_per_j": 1e-9}),
    Part("low", "tank", {"area_m2": 3.0, "loss_w_per_k": 40.0}, {"level_m": 1.4}),
    Part("mid", "tank", {"area_m2": 0.05, "rim_level_m": 9.0, "loss_w_per_k": 5.0}, {"level_m": 1.0}),
    Part("high", "tank", {"area_m2": 0.3, "rim_level_m": 9.0, "loss_w_per_k": 20.0}, {"level_m": 0.5}),
    Part("valve", "control_valve", {"wear_per_j": 1e-9, "actuator_lag_s": 1.0}),
    Part("drain", "orifice", {"area_m2": 6e-4}),
    Part("oven", "heater"),
    Part("sensor", "level_sensor", {"time_constant_s": 0.05}),
    Part("control", "pid", {"gain_ratio": 2.0, "integral_time_s": 100.0, "filter_time_s": 0.1}),
)
LINKS = (
    ("mains.plus", "motor.plus"), ("motor.shaft", "bearing.shaft"), ("motor.shaft", "pump.shaft"),
    ("low.bottom", "pump.inlet"), ("pump.outlet", "mid.bottom"), ("mid.bottom", "valve.inlet"),
    ("valve.outlet", "high.bottom"), ("high.bottom", "drain.inlet"), ("drain.outlet", "low.top"),
    ("oven.heat", "mid.heat"), ("high.bottom", "sensor.tap"), ("sensor.out", "control.measured"),
    ("control.out", "valve.command"),
)  # fmt: skip


@dataclass(frozen=True)
class Island:
    """The problem: model; inputs [T, I, W]; parameters [P, W]; start [Z]; sizes [Z] for tolerances and errors."""

    model: Model
    inputs: NDArray[np.float64]
    parameters: NDArray[np.float64]
    start: NDArray[np.float64]
    sizes: NDArray[np.float64]

    def share(self, worlds: int) -> Island:
        """The first worlds of it."""
        return Island(self.model, self.inputs[..., :worlds], self.parameters[:, :worlds], self.start, self.sizes)


def island(worlds: int, seed: int = 1) -> Island:
    """Worlds that differ in all parameters and, by a little, in what drives them; twelve steps of the inputs."""
    model = compile_plant(Plant(PARTS, LINKS), ["high.level_m"]).only(0)
    assert model.differential.all()
    rng = np.random.default_rng(seed)
    parameters = model.parameters[:, None] * rng.uniform(
        1 - SPREAD_RATIO, 1 + SPREAD_RATIO, (len(model.parameters), worlds)
    )
    fixed = [k for k, n in enumerate(model.parameter_names) if n.split(".")[1] in KEPT]
    parameters[fixed] = model.parameters[fixed, None]
    driven = np.repeat(np.repeat(model.inputs[None, :, None], SEGMENTS, axis=0), worlds, axis=2)
    series = {
        "bearing.radial_load_n": [400.0] * SEGMENTS,
        "mains.voltage_v": [24, 20, 26, 22, 24, 18, 25, 27, 21, 24, 19, 24],
        "oven.power_w": [0, 5e3, 5e3, 0, 2e3, 6e3, 0, 5e3, 5e3, 0, 2e3, 6e3],
        "control.setpoint_ratio": [0.6, 0.6, 0.8, 0.8, 0.5, 0.7, 0.7, 0.9, 0.9, 0.6, 0.6, 0.8],
    }
    for name, values in series.items():
        place = model.input_names.index(name)
        driven[:, place] = np.array(values)[:, None] * rng.uniform(0.97, 1.03, (1, worlds))
    return Island(model, driven, parameters, model.start, model.nominal)


KEPT = (
    "density_kg_per_m3", "specific_heat_j_per_kg_k", "ambient_k", "insulation_rated_k", "insulation_activation_k",
    "action_ratio", "out_low_ratio", "out_high_ratio", "discharge_ratio", "bias_ratio", "flow_best_ratio",
)  # fmt: skip
"""Constants of nature, absolute temperatures and ratios with a limit are not spread."""


def source(problem: Island, *, jacobian: bool = False) -> str:
    """Body of `(z, p, u) -> list`: the rates, or the entries of the Jacobian, of one world."""
    system = problem.model.islands[0].system
    roots = list(system.jacobian.values()) if jacobian else [row.name for row in system.rows]
    return run_text(system.tape.needed(roots), roots)


def function(problem: Island, names: Mapping[str, Any], *, jacobian: bool = False) -> Callable[..., Any]:
    """The same as a Python function over other elementary functions (NumPy, JAX, numba)."""
    space = dict(names)
    exec(compile("def run(z, p, u):\n" + source(problem, jacobian=jacobian), "<island>", "exec"), space)
    return space["run"]


def exact(problem: Island, worlds: int) -> NDArray[np.float64]:
    """States after the hour by scipy's Radau at rtol 1e-10, shape [Z, worlds]."""
    rates = function(problem, PLAIN)
    found = np.empty((len(problem.start), worlds))
    for world in range(worlds):
        z, p = problem.start, problem.parameters[:, world].tolist()
        for u in problem.inputs[:, :, world].tolist():
            z = solve_ivp(
                lambda t, y, p=p, u=u: rates(y.tolist(), p, u), (0, SEGMENT_S), z, method="Radau", rtol=1e-10,
                atol=1e-10 * problem.sizes,
            ).y[:, -1]  # fmt: skip
        found[:, world] = z
    return found


def error(problem: Island, found: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Largest error over (value + typical size), of the worlds that both have."""
    both = min(found.shape[1], expected.shape[1])
    gap = np.abs(found[:, :both] - expected[:, :both])
    return float(np.max(gap / (np.abs(expected[:, :both]) + problem.sizes[:, None])))
