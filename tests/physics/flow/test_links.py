"""What each link does to line and plant, on the plant of `test_coupling.py`: DC motor, bearing, belt."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.coupling import Coupling
from physics.flow.exchange import Exchange
from physics.flow.layout import Part as FlowPart
from physics.flow.links import Derate, Drive, Speed, Trip, Work
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.physics.flow.lines import chain

CYCLE_S, INTERVAL_S = 10.0, 100.0


@pytest.fixture(scope="module")
def oven():
    """A heated body that cools to the hall: T = T_hall + P / G at rest, with a time constant C / G of 50 s."""
    parts = (
        Part("heater", "heater", {"power_w": 100.0}),
        Part("body", "heat_capacity", {"heat_capacity_j_per_k": 100.0}),
        Part("wall", "conductance", {"conductance_w_per_k": 2.0}),
        Part("hall", "ambient", {"temperature_k": 300.0}),
    )
    links = (("heater.heat", "body.heat"), ("body.heat", "wall.a"), ("wall.b", "hall.heat"))
    return compile_plant(Plant(parts, links), ["body.heat.temperature_k"])


def line(worlds=2, *beside):
    parts = (FlowPart("source", "source"), FlowPart("press", "machine", {"cycle_s": CYCLE_S}), FlowPart("sink", "sink"))
    return Exchange(compile_line(chain(*parts, beside=beside)), worlds=worlds, seed=1)


def test_a_machine_at_work_heats_its_oven(oven):
    both = Coupling(oven, line(), [Work("heater.power_w", "press", 100.0, 20.0)], interval_s=INTERVAL_S)
    first = both.advance()
    assert (first.inputs[:, oven.input_names.index("heater.power_w")] == 20.0).all()  # nothing was at work yet
    for _ in range(9):
        last = both.advance()
    assert last.outputs[0] == pytest.approx(300.0 + 100.0 / 2.0, abs=0.1)  # the press is always at work


def test_heat_slows_a_machine_down_to_the_least(oven):
    links = [Derate("press", "body.heat.temperature_k", 310.0, 370.0, 0.25)]
    both = Coupling(oven, line(), links, interval_s=INTERVAL_S)
    for _ in range(10):
        both.advance()
    made = np.mean([both.advance().finished for _ in range(20)])
    # at 350 K it is two thirds of the way from 310 to 370 K: speed 1 - 0.75 * 2 / 3
    assert made == pytest.approx(0.5 * INTERVAL_S / CYCLE_S, abs=0.06)


def test_several_links_of_one_part_multiply(oven):
    out = "body.heat.temperature_k"
    both = Coupling(oven, line(), [Derate("press", out, 300.0, 400.0), Speed("press", out, 700.0)],
                    interval_s=INTERVAL_S)  # fmt: skip
    assert both._speeds(np.array([[350.0]]))["press"] == pytest.approx(0.5 * 0.5)


def test_a_trip_stops_the_machine_until_it_is_repaired_and_not_while_it_stands(oven):
    failure = FlowPart("hot", "physical_failure", {"machine": "press", "repair_s": 150.0})
    links = [Trip("hot", "body.heat.temperature_k", 340.0), Drive("heater.power_w", "press", 100.0, 0.0)]
    both = Coupling(oven, line(1, failure), links, interval_s=INTERVAL_S)
    down, found = [], []
    for _ in range(12):
        found.append(both.advance())
        down.append(bool(both.line.under_repair("hot")[0]))
    assert any(down)
    assert not down[0]  # the first interval's mean is below 340 K
    first = down.index(True)
    assert found[first].finished[0] < 2  # the failure came at the beginning of this interval
    assert both.line.repairs("hot")[0] >= 1
    assert found[-1].outputs.max() < 350.0
    assert (both.line.balance() == 0).all()


def test_below_trips_too(oven):
    failure = FlowPart("cold", "physical_failure", {"machine": "press", "repair_s": 150.0})
    both = Coupling(oven, line(1, failure), [Trip("cold", "body.heat.temperature_k", 1000.0, above=False)],
                    interval_s=INTERVAL_S)  # fmt: skip
    both.advance()
    both.advance()
    assert both.line.under_repair("cold")[0] or both.line.repairs("cold")[0]
