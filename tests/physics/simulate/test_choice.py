"""Stiff islands and those with algebraic unknowns are solved implicitly; the others where it pays are not."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.choice import method_for
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, RolloutRefused, rollout
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
