"""Efforts that nothing determines are refused by name."""

import numpy as np
import pytest

from physics.network.faults import PlantFault, PlantRefused
from physics.network.plant import Part, Plant
from physics.network.solvable import DENSE_ROWS, NAMES_SHOWN
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.parts import TYPES


def refused(parts, links):
    with pytest.raises(PlantRefused) as found:
        compile_plant(Plant(parts, links), [], types=TYPES)
    return found.value.faults


def test_a_floating_network_is_refused_though_its_pattern_is_full():
    faults = refused((Part("a", "resistor"), Part("b", "resistor")), (("a.a", "b.a"), ("a.b", "b.b")))
    assert [fault.where for fault in faults] == ["a.a.voltage_v, a.b.voltage_v"]


def test_each_floating_island_is_told():
    faults = refused((Part("a", "resistor"), Part("b", "resistor")), ())
    assert [fault.where for fault in faults] == ["a.a.voltage_v, a.b.voltage_v", "b.a.voltage_v, b.b.voltage_v"]


def test_a_dead_end_takes_the_effort_of_its_other_end():
    parts = (Part("s", "supply"), Part("r", "resistor"))
    model = compile_plant(Plant(parts, (("s.plus", "r.a"),)), ["r.b.voltage_v", "r.a.current_a"], types=TYPES)
    voltage_v, current_a = rollout(model, inputs=model.inputs[None], sample_s=1.0).outputs[0, :, 0]
    assert voltage_v == pytest.approx(10.0)
    assert current_a == pytest.approx(0.0, abs=1e-12)


def ladder(rungs, *, grounded):
    """Resistors in a row, more of them than a dense check takes."""
    parts = [Part(f"r{k}", "resistor", {"resistance_ohm": 1.0 + k % 5}) for k in range(rungs)]
    links = [(f"r{k}.b", f"r{k + 1}.a") for k in range(rungs - 1)]
    return [Part("s", "supply"), *parts], [*links, *([("s.plus", "r0.a")] if grounded else [])]


def test_a_long_ladder_that_is_fed_is_taken():
    parts, links = ladder(3 * DENSE_ROWS, grounded=True)
    model = compile_plant(Plant(tuple(parts), tuple(links)), [f"r{3 * DENSE_ROWS - 1}.b.voltage_v"], types=TYPES)
    run = rollout(model, inputs=model.inputs[None], sample_s=1.0)
    assert run.outputs[0, 0, 0] == pytest.approx(10.0)


def test_a_long_ladder_that_floats_is_refused_by_its_first_unknowns():
    parts, links = ladder(3 * DENSE_ROWS, grounded=False)
    (fault,) = refused(tuple(parts), tuple(links))
    assert fault.where.startswith("r0.a.voltage_v, ")
    assert fault.where.endswith(f" and {3 * DENSE_ROWS + 1 - NAMES_SHOWN} more")


def test_a_ladder_of_two_thousand_divides_its_voltage():
    count = 2000
    parts, links = ladder(count, grounded=True)
    parts += [Part("end", "supply", {"voltage_v": 0.0})]
    links += [(f"r{count - 1}.b", "end.plus")]
    model = compile_plant(Plant(tuple(parts), tuple(links)), ["r999.b.voltage_v"], types=TYPES)
    assert len(model.state_names) == count - 1
    run = rollout(model, inputs=model.inputs[None], sample_s=1.0)
    resistance_ohm = 1.0 + np.arange(count) % 5
    assert run.outputs[0, 0, 0] == pytest.approx(10.0 * (1 - resistance_ohm[:1000].sum() / resistance_ohm.sum()))


def test_a_law_without_a_finite_value_is_refused():
    (fault,) = refused((Part("e", "explosion", {"rate_per_s": 1e300}, {"size_ratio": 1e200}),), ())
    assert fault == PlantFault("e.size_ratio", "no finite value near the start", "finite rates", "Check start values.")
