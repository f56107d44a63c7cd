"""Expected values: IEC 60534 flow; a ramp followed in jumps of the stick band; exponential slip."""

import math

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.evaluate import evaluate

NUMBERS = {"stick_ratio": 0.1, "slip_ratio": 0.2, "actuator_lag_s": 0.5}


def run(command, sample_s):
    parts = (
        Part("v", "stiction_valve", NUMBERS, {"opening_ratio": 0.4}),
        Part("c", "constant", {"level_ratio": command[0]}),
        Part("a", "reservoir"),
        Part("b", "reservoir"),
    )
    links = (("a.outlet", "v.inlet"), ("v.outlet", "b.outlet"), ("c.out", "v.command"))
    model = compile_plant(Plant(parts, links), ["v.opening_ratio", "v.moving"])
    inputs = np.repeat(model.inputs[None], len(command), axis=0)
    inputs[:, model.input_names.index("c.level_ratio")] = command
    return rollout(model, inputs=inputs, sample_s=sample_s, options=Options(rtol=1e-8)).outputs[:, :, 0]


def test_it_flows_as_a_valve():
    changes = {"inlet.pressure_pa": 201_325.0, "opening_ratio": 1.0, "flow_coefficient_m3_per_s": 2e-3}
    assert evaluate("stiction_valve", changes)["flow_m3_per_s"] == pytest.approx(2e-3, rel=1e-6)


def test_inside_the_stick_band_it_does_not_move():
    found = run(np.full(20, 0.49), 1.0)
    np.testing.assert_array_equal(found, [[0.4, 0.0]] * 20)


def test_beyond_it_the_stem_slips_until_little_is_missing():
    command = np.r_[0.4, np.full(40, 0.6)]
    found = run(command, 0.1)
    t = np.arange(41) * 0.1 - 0.1
    free = 0.6 - 0.2 * np.exp(-np.maximum(t, 0) / 0.5)
    stop_s = 0.5 * math.log(0.2 / 0.02)
    np.testing.assert_allclose(found[:, 0], np.where(t < stop_s, free, 0.58), atol=2e-5)
    assert found[-1].tolist() == [found[-1, 0], 0.0]


def test_a_slow_ramp_is_followed_in_jumps():
    command = 0.4 + np.arange(1000) * 5e-4
    opening = run(command, 1.0)[:, 0]
    moved = np.diff(opening) > 1e-6
    starts = np.flatnonzero(moved[1:] & ~moved[:-1])
    jumps = np.diff(opening[starts])
    assert len(starts) >= 4
    assert np.all((jumps > 0.07) & (jumps < 0.1))  # stick band less what stays missing


def test_a_worn_packing_sticks_harder():
    loose, tight = ({"command.value": 0.62, "packing_wear_ratio": w, **NUMBERS} for w in (0.0, 1.0))
    assert evaluate("stiction_valve", loose)["moving.on"] > 0 > evaluate("stiction_valve", tight)["moving.on"]


def test_the_packing_wears_by_the_stroke():
    changes = {"command.value": 0.7, "moving": 1.0, "packing_wear_per_stroke_ratio": 1e-5, **NUMBERS}
    found = evaluate("stiction_valve", changes)
    assert found["packing_wear_ratio.rate"] == pytest.approx(1e-5 * found["opening_ratio.rate"], rel=1e-4)
