"""Expected values: Newton's law of the column, Colebrook's steady flow, the exponential start of a laminar column."""

import math

import numpy as np
import pytest

from physics.network.faults import PlantRefused
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.evaluate import evaluate


def test_pressure_speeds_up_the_column():
    found = evaluate("inertial_pipe", {"inlet.pressure_pa": 111_325.0})
    area = math.pi / 4 * 0.1**2
    assert found["flow_m3_per_s.rate"] == pytest.approx(1e4 * area / (998.2 * 100.0), rel=1e-9)


def test_at_steady_flow_it_is_the_pipe_without_inertia():
    steady = evaluate("pipe", {"inlet.pressure_pa": 121_325.0, "length_m": 100.0, "diameter_m": 0.1})["flow_m3_per_s"]
    found = evaluate("inertial_pipe", {"inlet.pressure_pa": 121_325.0, "flow_m3_per_s": steady})
    speeding_up = evaluate("inertial_pipe", {"inlet.pressure_pa": 121_325.0})["flow_m3_per_s.rate"]
    assert abs(found["flow_m3_per_s.rate"]) < 0.02 * speeding_up  # Haaland's formula beside Colebrook's


def test_a_laminar_column_starts_exponentially():
    numbers = {"length_m": 10.0, "diameter_m": 0.01, "kinematic_viscosity_m2_per_s": 1e-4}
    parts = (
        Part("a", "reservoir", {"pressure_pa": 111_325.0}),
        Part("p", "inertial_pipe", numbers),
        Part("b", "reservoir"),
    )
    model = compile_plant(Plant(parts, (("a.outlet", "p.inlet"), ("p.outlet", "b.outlet"))), ["p.flow_m3_per_s"])
    run = rollout(model, inputs=np.repeat(model.inputs[None], 6, axis=0), sample_s=0.02, options=Options(rtol=1e-8))
    settle_s = 0.01**2 / (32 * 1e-4)
    final = 1e4 * math.pi * 0.01**4 / (128 * 998.2 * 1e-4 * 10.0)
    expected = final * (1 - np.exp(-np.arange(6) * 0.02 / settle_s))
    np.testing.assert_allclose(run.outputs[:, 0, 0], expected, atol=1e-3 * final)


def test_two_columns_end_to_end_are_refused_by_name():
    parts = (Part("a", "reservoir"), Part("p", "inertial_pipe"), Part("q", "inertial_pipe"), Part("b", "reservoir"))
    links = (("a.outlet", "p.inlet"), ("p.outlet", "q.inlet"), ("q.outlet", "b.outlet"))
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant(parts, links), [])
    (fault,) = refused.value.faults
    assert fault.where == "p.outlet.pressure_pa"
    assert "two inertias need a compliance between them" in fault.next_step


def test_a_branch_between_two_columns_yields():
    parts = (
        Part("a", "reservoir"), Part("p", "inertial_pipe"), Part("q", "inertial_pipe"), Part("b", "reservoir"),
        Part("drain", "leak", {"area_m2": 1e-5}),
    )  # fmt: skip
    links = (("a.outlet", "p.inlet"), ("p.outlet", "q.inlet"), ("q.outlet", "b.outlet"), ("p.outlet", "drain.inlet"))
    assert compile_plant(Plant(parts, links), []).state_names
