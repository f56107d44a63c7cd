"""Names, defaults and sizes of a compiled plant."""

import numpy as np
import pytest

from physics.network.faults import PlantRefused
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.physics.parts import TYPES


def test_names_and_defaults_follow_the_plant():
    parts = (
        Part("s", "supply", {"voltage_v": 12.0}),
        Part("r", "resistor", {"resistance_ohm": 3.0}),
        Part("c", "capacitor", {}, {"plus.voltage_v": 1.5}),
        Part("d", "decay", {}, {"level_ratio": 0.5}),
    )
    model = compile_plant(
        Plant(parts, (("s.plus", "r.a"), ("r.b", "c.plus"))), ["d.level_ratio", "c.plus.voltage_v"], types=TYPES
    )
    assert model.parameter_names == ("r.resistance_ohm", "c.capacitance_f", "d.rate_per_s")
    np.testing.assert_array_equal(model.parameters, [3.0, 2.0, 0.5])
    assert model.input_names == ("s.voltage_v",)
    np.testing.assert_array_equal(model.inputs, [12.0])
    assert model.state_names == ("r.b.voltage_v", "d.level_ratio")
    np.testing.assert_array_equal(model.start, [1.5, 0.5])
    assert model.output_names == ("d.level_ratio", "c.plus.voltage_v")
    assert [island.parts for island in model.islands] == [("s", "r", "c"), ("d",)]


def test_memory_grows_with_samples_and_whole_groups_of_worlds():
    model = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES)
    assert model.memory_bytes(100, 1) == model.memory_bytes(100, 8)
    assert model.memory_bytes(100, 9) == 2 * model.memory_bytes(100, 8)
    assert model.memory_bytes(200, 8) - model.memory_bytes(100, 8) == 100 * 8 * 2 * 8


def test_faults_of_names_come_before_anything_is_joined():
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant((Part("a", "nothing"), Part("b", "resistor", {"x": 1.0}))), ["q.y"], types=TYPES)
    assert [fault.where for fault in refused.value.faults] == ["a", "b.x"]
