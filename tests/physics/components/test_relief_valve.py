"""Expected values: set, full-lift and reseating pressure; Kv; one blow-off between two crossings."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate

NUMBERS = {"set_pa": 6e5, "overpressure_ratio": 0.1, "blowdown_ratio": 0.1, "flow_coefficient_m3_per_s": 2e-3}


def run(drop_pa, **changes):
    return evaluate("relief_valve", NUMBERS | {"inlet.pressure_pa": 101_325.0 + drop_pa} | changes)


def test_shut_it_is_tight_even_above_its_reseating_pressure():
    assert run(5.9e5)["flow_m3_per_s"] == 0.0


def test_at_its_overpressure_it_is_fully_lifted():
    found = run(6.6e5, open=1.0)
    assert found["lift_ratio"] == pytest.approx(1.0, abs=1e-3)
    assert found["flow_m3_per_s"] == pytest.approx(2e-3 * 6.6**0.5, rel=1e-3)


def test_open_it_lifts_in_proportion():
    assert run(6.0e5, open=1.0)["lift_ratio"] == pytest.approx(0.5, abs=1e-3)


def test_it_opens_at_its_set_and_shuts_at_its_reseating_pressure():
    assert run(6.01e5)["open.on"] > 0 > run(5.99e5)["open.on"]
    assert run(5.39e5)["open.off"] > 0 > run(5.41e5)["open.off"]


def test_a_worn_seat_weeps():
    assert run(5e5, seat_wear_ratio=1.0)["flow_m3_per_s"] == pytest.approx(0.02 * 2e-3 * 5**0.5, rel=1e-4)


def test_pressure_goes_up_and_down_and_the_valve_opens_once():
    parts = (Part("a", "reservoir"), Part("v", "relief_valve", NUMBERS), Part("b", "reservoir"))
    links = (("a.outlet", "v.inlet"), ("v.outlet", "b.outlet"))
    model = compile_plant(Plant(parts, links), ["v.open"])
    pressure = 101_325.0 + np.array([5.8e5, 6.2e5, 5.6e5, 5.8e5, 5.3e5, 5.8e5])
    inputs = np.repeat(model.inputs[None], 6, axis=0)
    inputs[:, model.input_names.index("a.pressure_pa")] = pressure
    found = rollout(model, inputs=inputs, sample_s=1.0).outputs[:, 0, 0]
    held = found[1:]  # a sample is seen before the input of its own row acts
    assert sorted(held.tolist(), reverse=True)[:3] == [1.0, 1.0, 1.0]
    assert found[0] == 0.0
    assert found[-1] == 0.0
