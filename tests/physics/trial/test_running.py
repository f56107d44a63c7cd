"""A type that does not run on its bench, and derivatives that differences contradict, are told."""

import numpy as np

from physics.catalogue import components
from physics.simulate.model import compile_plant
from physics.trial.bench import bench
from physics.trial.running import on_the_bench, wrong_slopes
from tests.physics.trial import bad

TYPES = components()


def test_a_sound_type_runs():
    assert on_the_bench(bad.Damper, TYPES) == []


def test_a_type_that_blows_up_is_told():
    (fault,) = on_the_bench(bad.Exploding, TYPES)
    assert fault.where == "exploding"
    assert "after 0" in fault.got


def test_wear_that_falls_is_told():
    (fault,) = on_the_bench(bad.spoilt("mending", lambda m: {"wear_ratio.rate": -1e-3 * m.wear_per_j}), TYPES)
    assert fault.where == "mending wear_ratio"


def test_a_kink_under_the_point_is_told():
    kinked = bad.spoilt("kinked", lambda m: {"shaft.torque_n_m": abs(m.shaft.speed_rad_per_s)})
    model = compile_plant(bench(kinked), [], types={**TYPES, "kinked": kinked})
    found = wrong_slopes(model, np.full(len(model.state_names), 1e-6))  # nearer to the kink than the step
    assert any("d(kinked.shaft.speed_rad_per_s)" in fault.where for fault in found)
    assert wrong_slopes(model, np.ones(len(model.state_names))) == []
