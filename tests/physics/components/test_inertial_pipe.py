"""Expected values: Newton's law of the column, Darcy's steady flow, exponential start if laminar, surge."""

import math

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout
from tests.physics.evaluate import evaluate

ATMOSPHERE = 101_325.0


def simulate(parts, links, outputs, *, rows, sample_s, inputs=None):
    model = compile_plant(Plant(parts, links), outputs)
    driven = np.repeat(model.inputs[None], rows, axis=0)
    for path, values in (inputs or {}).items():
        driven[:, model.input_names.index(path)] = values
    run = rollout(model, inputs=driven, sample_s=sample_s, options=Options(rtol=1e-7))
    assert run.status[0] == Status.OK
    return run.outputs[:, :, 0]


def test_pressure_speeds_up_the_column():
    found = evaluate("inertial_pipe", {"inlet_side_pa": ATMOSPHERE + 1e4})
    assert found["flow_m3_per_s.rate"] == pytest.approx(1e4 * math.pi / 4 * 0.1**2 / (998.2 * 100.0), rel=1e-9)


def test_at_steady_flow_it_is_the_pipe_without_inertia():
    numbers = {"length_m": 100.0, "diameter_m": 0.1}
    steady = evaluate("pipe", {"inlet.pressure_pa": ATMOSPHERE + 2e4, **numbers})["flow_m3_per_s"]
    parts = (
        Part("a", "reservoir", {"pressure_pa": ATMOSPHERE + 2e4}),
        Part("p", "inertial_pipe", numbers),
        Part("b", "reservoir"),
    )
    links = (("a.outlet", "p.inlet"), ("p.outlet", "b.outlet"))
    found = simulate(parts, links, ["p.flow_m3_per_s"], rows=11, sample_s=30.0)
    assert found[-1, 0] == pytest.approx(steady, rel=1e-3)


def test_a_laminar_column_starts_exponentially():
    numbers = {"length_m": 10.0, "diameter_m": 0.01, "kinematic_viscosity_m2_per_s": 1e-4, "wave_m_per_s": 1e5}
    start = {"inlet_side_pa": ATMOSPHERE + 1e4}
    parts = (
        Part("a", "reservoir", {"pressure_pa": ATMOSPHERE + 1e4}),
        Part("p", "inertial_pipe", numbers, start),
        Part("b", "reservoir"),
    )
    links = (("a.outlet", "p.inlet"), ("p.outlet", "b.outlet"))
    found = simulate(parts, links, ["p.flow_m3_per_s"], rows=6, sample_s=0.02)[:, 0]
    settle_s = 0.01**2 / (32 * 1e-4)
    final = 1e4 * math.pi * 0.01**4 / (128 * 998.2 * 1e-4 * 10.0)
    np.testing.assert_allclose(found, final * (1 - np.exp(-np.arange(6) * 0.02 / settle_s)), atol=5e-3 * final)


def test_a_valve_shut_on_a_running_column_makes_it_surge():
    """First mode of two compliances and one inertance: dp = sqrt(2) ρ a v."""
    numbers = {"length_m": 600.0, "diameter_m": 0.3, "roughness_m": 0.0, "wave_m_per_s": 1000.0}
    speed = 0.01
    flow = speed * math.pi / 4 * 0.3**2
    parts = (
        Part("a", "reservoir"),
        Part("p", "inertial_pipe", numbers, {"flow_m3_per_s": flow}),
        Part("v", "valve"),
        Part("b", "reservoir"),
    )
    links = (("a.outlet", "p.inlet"), ("p.outlet", "v.inlet"), ("v.outlet", "b.outlet"))
    shut = {"v.opening_ratio": 0.0}
    found = simulate(parts, links, ["p.outlet_side_pa"], rows=60, sample_s=0.02, inputs=shut)[:, 0]
    assert found[1] - ATMOSPHERE > 0
    assert np.max(found) - ATMOSPHERE == pytest.approx(math.sqrt(2) * 998.2 * 1000.0 * speed, rel=0.1)


def test_two_columns_end_to_end_and_a_displacement_pump_join():
    parts = (
        Part("a", "reservoir"), Part("p", "inertial_pipe"), Part("q", "inertial_pipe"), Part("m", "displacement_pump"),
        Part("b", "reservoir"),
    )  # fmt: skip
    links = (("a.outlet", "p.inlet"), ("p.outlet", "q.inlet"), ("q.outlet", "m.inlet"), ("m.outlet", "b.outlet"))
    assert compile_plant(Plant(parts, links), []).state_names
