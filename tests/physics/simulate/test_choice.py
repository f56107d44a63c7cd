"""Stiff islands and those with algebraic unknowns are solved implicitly; the others where it pays are not."""

import numpy as np
import pytest

from physics.contract import Component, drive, state
from physics.network.plant import Part, Plant
from physics.simulate.choice import method_for
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, rollout
from physics.simulate.sensitivity import sensitivity
from tests.physics.compiler.test_events import Thermostat
from tests.physics.parts import TYPES


def model_of(*kinds, links=()):
    parts = tuple(Part(kind, kind) for kind in kinds)
    first = {"pendulum": "angle_rad", "robertson": "a_ratio", "supply": "delivered_a"}
    return compile_plant(Plant(parts, links), [f"{k}.{first[k]}" for k in kinds if k in first], types=TYPES)


def test_a_pendulum_is_stepped_explicitly_where_samples_are_dense():
    system = model_of("pendulum").islands[0].system
    assert method_for(system, 0.1) == "dopri5"  # eigenvalue 2 per second at rest
    assert method_for(system, 10.0) == "rodas4"


def test_algebraic_unknowns_need_the_implicit_method():
    model = model_of("robertson")
    assert method_for(model.islands[0].system, 1e-9) == "rodas4"
    with pytest.raises(RolloutRefused, match=r"'dopri5' for an island with algebraic unknowns \(robertson\."):
        rollout(model, inputs=np.zeros((2, 0)), sample_s=1.0, options=Options(method="dopri5"))


def test_a_method_that_does_not_exist_is_refused_with_those_that_do():
    with pytest.raises(RolloutRefused, match="got 'euler', need 'auto' or one of rodas4, dopri5, rk4"):
        rollout(model_of("pendulum"), inputs=np.zeros((2, 0)), sample_s=1.0, options=Options(method="euler"))


def test_what_was_chosen_is_told_and_all_methods_agree():
    model, inputs = model_of("pendulum"), np.zeros((50, 0))
    runs = {name: rollout(model, inputs=inputs, sample_s=0.1, options=Options(1e-9, name)) for name in
            ("auto", "rodas4", "dopri5")}  # fmt: skip
    runs["rk4"] = rollout(model, inputs=inputs, sample_s=0.1, options=Options(method="rk4", max_step_s=2e-3))
    assert [run.methods for run in runs.values()] == [("dopri5",), ("rodas4",), ("dopri5",), ("rk4",)]
    for run in runs.values():
        np.testing.assert_allclose(run.outputs, runs["rodas4"].outputs, atol=1e-7)


def test_stiffness_that_an_input_brings_is_seen():
    """A tool that is not engaged at the defaults; engaged, dry friction is steep at rest."""
    parts = (Part("s", "spindle"), Part("w", "inertia"))
    model = compile_plant(Plant(parts, (("s.shaft", "w.shaft"),)), ["w.shaft.speed_rad_per_s"])
    assert method_for(model.islands[0].system, 10.0) == "rodas4"


def test_float32_is_refused_where_it_is_too_coarse():
    robertson, pendulum = model_of("robertson"), model_of("pendulum")
    for model, options, message in (
        (robertson, Options(precision="float32"), "'float32' for an island that 'rodas4' must solve"),
        (pendulum, Options(precision="float32", lead=True), "'float32' for derivatives, need 'float64'"),
        (pendulum, Options(precision="float32", rtol=1e-6), "rtol: got 1e-06 with float32, need ≥ 1e-05"),
        (pendulum, Options(precision="float16"), "got 'float16', need one of float64, float32"),
    ):
        with pytest.raises(RolloutRefused, match=message):
            rollout(model, inputs=np.zeros((2, 0)), sample_s=0.1, options=options)


@pytest.mark.parametrize("method", ["dopri5", "rk4"])
def test_float32_agrees_with_float64_to_its_digits(method):
    model, inputs = model_of("pendulum"), np.zeros((50, 0))
    worlds = np.repeat(model.parameters[:, None], 19, axis=1) * np.linspace(0.8, 1.2, 19)
    runs = [
        rollout(model, inputs=inputs, sample_s=0.1, parameters=worlds,
                options=Options(rtol=1e-5, method=method, max_step_s=0.02, precision=precision))
        for precision in ("float32", "float64")
    ]  # fmt: skip
    assert runs[0].outputs.dtype == runs[0].final.dtype == np.float64
    np.testing.assert_allclose(runs[0].outputs, runs[1].outputs, atol=3e-5)


def test_a_thermostat_switches_at_the_same_times_in_float32():
    model = compile_plant(Plant((Part("t", "thermostat"),)), ["t.warmth_k"], types={"thermostat": Thermostat})
    runs = [
        rollout(model, inputs=np.zeros((200, 0)), sample_s=1.0,
                options=Options(method=method, precision=precision))
        for method, precision in (("dopri5", "float32"), ("dopri5", "float64"), ("rk4", "float32"))
    ]  # fmt: skip
    for run in runs:
        assert run.status.tolist() == [0]
        assert run.events.tolist() == runs[1].events.tolist()


class Chased(Component):
    """A value that decays at a rate which comes from outside."""

    name = "chased"
    value = state("1", "Value", default=1.0, nominal=1.0)
    rate_per_s = drive("1/s", "Rate", default=1e-3)

    def law(self, m):
        return {"value.rate": -m.rate_per_s * m.value}


def test_a_world_that_turns_stiff_goes_on_implicitly_and_alone():
    """Only the input's fourth row makes it stiff: 1e5 per second over samples of ten seconds."""
    model = compile_plant(Plant((Part("c", "chased"),)), ["c.value"], types={"chased": Chased})
    inputs = np.full((6, 1, 9), 1e-3)
    inputs[3:, 0, 5] = 1e5
    run = rollout(model, inputs=inputs, sample_s=10.0, options=Options(rtol=1e-8))
    assert run.methods == ("dopri5, rodas4",)
    assert not run.status.any()
    np.testing.assert_allclose(run.outputs[:, 0, 0], np.exp(-1e-2 * np.arange(6)), rtol=1e-6)
    np.testing.assert_allclose(run.outputs[:4, 0, 5], np.exp(-1e-2 * np.arange(4)), rtol=1e-6)
    np.testing.assert_allclose(run.outputs[4:, 0, 5], 0.0, atol=1e-6)
    assert run.steps[5] < 300
    calm = rollout(model, inputs=inputs[..., :1], sample_s=10.0, options=Options(rtol=1e-8))
    assert calm.methods == ("dopri5",)
    np.testing.assert_array_equal(run.outputs[..., 8], calm.outputs[..., 0])


def test_copies_that_share_steps_turn_implicit_together():
    model = compile_plant(Plant((Part("c", "chased"),)), ["c.value"], types={"chased": Chased})
    inputs = np.full((5, 1, 2), 1e-3)
    inputs[3:, 0, 1] = 1e5
    found = sensitivity(model, inputs=inputs, sample_s=10.0, parameters=np.zeros((len(model.parameters), 2)),
                        free=["c.value@start"], options=Options(rtol=1e-8))  # fmt: skip
    expected = np.exp(-1e-2 * np.arange(4))
    np.testing.assert_allclose(found.jacobian[:4, 0, 0], np.stack([expected, expected], axis=1), rtol=1e-5)
    np.testing.assert_allclose(found.jacobian[4, 0, 0, 1], 0.0, atol=1e-6)
