"""Islands of one shape: equations once, names and numbers each their own."""

import numpy as np
import pytest

from physics.network.faults import PlantRefused
from physics.network.plant import Network, Part, Plant
from physics.simulate import device
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout
from tests.physics.parts import TYPES


def loads(count):
    """Capacitors charged through resistors from one supply, each with its own numbers."""
    parts, links = [Part("s", "supply", {"voltage_v": 12.0})], []
    for k in range(count):
        start = {"plus.voltage_v": float(k)}
        parts += [Part(f"r{k}", "resistor", {"resistance_ohm": 1.0 + k}), Part(f"c{k}", "capacitor", {}, start)]
        links += [("s.plus", f"r{k}.a"), (f"r{k}.b", f"c{k}.plus")]
    return Plant(tuple(parts), tuple(links))


def test_a_hundred_islands_of_one_shape_are_joined_and_compiled_once():
    model = compile_plant(loads(100), [f"c{k}.plus.voltage_v" for k in range(100)], types=TYPES)
    assert len(model.islands) == 100
    assert len({id(island.system.tape) for island in model.islands}) == 1
    assert len({id(device.kernel(island.system, "rodas4")) for island in model.islands}) == 1


def test_each_keeps_its_own_numbers():
    model = compile_plant(loads(11), [f"c{k}.plus.voltage_v" for k in range(11)], types=TYPES)
    run = rollout(model, inputs=np.full((5, 1), 12.0), sample_s=2.0, options=Options(rtol=1e-9))
    k, t = np.arange(11.0), 2.0 * np.arange(5)[:, None]
    expected = 12.0 + (k - 12.0) * np.exp(-t / (2.0 * (1.0 + k)))  # R C = 2 R
    np.testing.assert_allclose(run.outputs[:, :, 0], expected, rtol=1e-8)


def test_weights_are_shared_across_islands():
    parts = (Part("d", "decay"), Part("e", "decay"), Part("f", "decay"))
    networks = tuple(Network(part, "extra_ratio", key) for part, key in (("d", "k"), ("e", "k"), ("f", "l")))
    model = compile_plant(Plant(parts, (), networks), [f"{p}.extra_ratio" for p in "def"], types=TYPES)
    assert len({id(island.system.tape) for island in model.islands}) == 1
    parameters = model.parameters.copy()
    parameters[model.parameter_names.index("k.b2")] = 0.3
    run = rollout(model, inputs=np.zeros((1, 0)), sample_s=1.0, parameters=parameters[:, None])
    np.testing.assert_allclose(run.outputs[0, :, 0], [np.tanh(0.3 * 0.75)] * 2 + [0.0], rtol=1e-12)


def test_a_fault_of_one_island_names_its_parts():
    plant = loads(3)
    parts = tuple(Part("c1", "capacitor", {"capacitance_f": -1.0}) if part.id == "c1" else part for part in plant.parts)
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant(parts, plant.links), [], types=TYPES)
    assert [(fault.where, fault.got) for fault in refused.value.faults] == [("r1.b - c1.plus", "storage -1")]


def test_a_fault_of_a_shape_names_every_island_that_has_it():
    parts = (Part("g", "gain"), Part("h", "gain"))
    with pytest.raises(PlantRefused) as refused:
        compile_plant(Plant(parts, (("g.out", "g.heard"), ("h.out", "h.heard"))), ["g.out.value", "h.out.value"],
                      types=TYPES)  # fmt: skip
    assert [fault.where.split(".")[0] for fault in refused.value.faults] == ["g", "h"]
