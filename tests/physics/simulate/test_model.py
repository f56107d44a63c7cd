"""Names, defaults and sizes of a compiled plant."""

import numpy as np
import pytest

from physics.network.faults import PlantRefused
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
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


def test_the_order_of_numbers_does_not_depend_on_what_is_observed():
    parts = [Part("s", "supply")]
    links = []
    for name in "ab":
        parts += [Part(f"r{name}", "resistor"), Part(f"c{name}", "capacitor", {"capacitance_f": 1.0 + (name == "b")})]
        links += [("s.plus", f"r{name}.a"), (f"r{name}.b", f"c{name}.plus")]
    plant = Plant(tuple(parts), tuple(links))
    apart = compile_plant(plant, ["cb.plus.voltage_v"], types=TYPES)
    joined = compile_plant(plant, ["cb.plus.voltage_v", "s.plus.current_a"], types=TYPES)
    assert (len(apart.islands), len(joined.islands)) == (2, 1)
    assert apart.parameter_names == joined.parameter_names
    assert apart.state_names == joined.state_names
    assert apart.input_names == joined.input_names
    start = np.array([[1.0], [3.0]])
    runs = [rollout(model, inputs=np.zeros((3, 1)), sample_s=0.5, start=start) for model in (apart, joined)]
    np.testing.assert_allclose(runs[0].outputs[:, 0], runs[1].outputs[:, 0], rtol=1e-4)
    np.testing.assert_allclose(runs[0].final, runs[1].final, rtol=1e-4)


def test_memory_grows_with_samples_and_whole_groups_of_worlds():
    model = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES)
    assert model.memory_bytes(100, 1) == model.memory_bytes(100, 8)
    assert model.memory_bytes(100, 9) == 2 * model.memory_bytes(100, 8)
    assert model.memory_bytes(200, 8) - model.memory_bytes(100, 8) == 100 * 8 * 2 * 8


def test_faults_of_names_joints_and_equations_come_at_once():
    parts = (Part("a", "nothing"), Part("b", "resistor", {"x": 1.0}), Part("c", "resistor"), Part("g", "gain"))
    parts += (Part("h", "gain"), Part("s", "supply"), Part("t", "supply"))
    links = (("a.x", "b.a"), ("g.out", "h.heard"), ("h.out", "g.heard"), ("s.plus", "t.plus"))
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant(parts, links), ["q.y", "b.a.voltage_v", "c.a.current_a"], types=TYPES)
    found = {fault.where: fault.got for fault in refused.value.faults}
    assert found == {
        "a": "type 'nothing'",
        "b.x": "parameter 'x'",
        "q.y": "part 'q'",
        "s.plus - t.plus": "2 joined",
        "c.a.voltage_v, c.b.voltage_v": "nothing that determines them",
        "g.heard.value -> h.heard.value": "values that depend on each other without a state between them",
    }
