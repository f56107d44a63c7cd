"""Expected values: the two switching points by hand, and the square wave of a lag between them in the engine."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.evaluate import evaluate

THERMOSTAT = {"setpoint_ratio": 0.5, "hysteresis_ratio": 0.1}


@pytest.mark.parametrize(("measured", "on", "off"), [(0.44, True, False), (0.5, False, False), (0.56, False, True)])
def test_it_switches_on_below_and_off_above(measured, on, off):
    found = evaluate("on_off", THERMOSTAT | {"measured.value": measured})
    assert (found["switched_on.on"] > 0, found["switched_on.off"] > 0) == (on, off)


def test_the_other_way_round_where_more_output_lowers():
    found = evaluate("on_off", THERMOSTAT | {"measured.value": 0.56, "action_ratio": -1.0})
    assert found["switched_on.on"] > 0


def test_it_sends_one_of_two_levels():
    levels = {"out_off_ratio": 0.2, "out_on_ratio": 0.9}
    assert evaluate("on_off", levels | {"switched_on": 0.0})["out.value"] == 0.2
    assert evaluate("on_off", levels | {"switched_on": 1.0})["out.value"] == pytest.approx(0.9)


def test_a_lag_under_it_swings_between_its_limits():
    """x' = u - x between 0.45 and 0.55 with u of 0 or 1: each way takes ln(0.55 / 0.45)."""
    parts = (Part("switch", "on_off", THERMOSTAT), Part("body", "lag", {"time_constant_s": 1.0}))
    plant = Plant(parts, (("body.out", "switch.measured"), ("switch.out", "body.heard")))
    model = compile_plant(plant, ["body.output_ratio"])
    half_s = np.log(0.55 / 0.45)
    first_s = np.log(1 / 0.45)  # from 0 up to 0.55
    run = rollout(model, inputs=model.inputs[None], sample_s=first_s + 9.5 * half_s, options=Options(1e-7))
    assert run.events[0] == 11
    assert run.final[model.state_names.index("body.output_ratio"), 0] == pytest.approx(
        1 - 0.55 * (0.45 / 0.55) ** 0.5, abs=1e-5
    )
