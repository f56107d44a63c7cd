import numpy as np
import pytest

from physics.simulate.duty_cycles import one_block
from tests.twin.spindle import BEARING, opened, worlds_of
from twin.prediction.failure_modes import modes_of
from twin.prognosis.assumptions import assumptions

SAMPLE_S, CYCLE = 600.0, 144


@pytest.fixture(scope="module")
def spindle():
    return opened()


def named(spindle, worlds):
    assembly, model = spindle
    modes = modes_of(assembly)
    found = assumptions(worlds, one_block(np.repeat(model.inputs[None], CYCLE, axis=0), SAMPLE_S), modes)
    return dict(zip([mode.mode for mode in modes], found, strict=True))


def test_a_fitted_coefficient_is_no_assumption(spindle):
    worlds = worlds_of(*spindle, 8)
    rows = named(spindle, worlds)["bearing worn out"]
    assert f"{BEARING}.wear_per_j" not in [row["name"] for row in rows]


def test_friction_shows_in_the_bearings_temperature_and_is_not_named(spindle):
    # Half of the rate goes with the dry friction, but so does the heat that the sensor reads.
    worlds = worlds_of(*spindle, 8)
    assert f"{BEARING}.dry_friction_n_m" not in [row["name"] for row in named(spindle, worlds)["bearing worn out"]]


def test_a_coefficient_that_nobody_fitted_comes_first(spindle):
    worlds = worlds_of(*spindle, 8)
    index = worlds.model.parameter_names.index(f"{BEARING}.wear_per_j")
    worlds.parameters[index] = worlds.parameters[index, 0]
    first = named(spindle, worlds)["bearing worn out"][0]
    # dw/dt = k P: as much faster as k is larger.
    assert first["name"] == f"{BEARING}.wear_per_j"
    assert first["elasticity"] == pytest.approx(1.0, rel=0.02)


def test_without_a_world_that_runs_nothing_is_said(spindle):
    worlds = worlds_of(*spindle, 2)
    worlds.parameters[worlds.model.parameter_names.index(f"{BEARING}.heat_capacity_j_per_k")] = -1.0
    assert set(named(spindle, worlds).values()) == {()}
