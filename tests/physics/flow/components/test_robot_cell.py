"""Expected values: the renewal theorem, items per time = 1 / mean of the times; sums of times that come in turn."""

import numpy as np
import pytest

from physics.flow.layout import Part
from physics.flow.simulate import Method
from tests.physics.flow.lines import chain, run


def test_a_cell_works_at_the_pace_of_its_simulated_cycles():
    times = [6.3, 6.5, 7.0, 7.3]
    cell = Part("cell", "robot_cell", {"cell": {"name": "any"}, "cycle_s": {"empirical": {"values_s": times}}})
    found = run(chain(Part("source", "source"), cell, Part("sink", "sink")), horizon_s=20_000.0, worlds=16)
    rate = found.throughput_per_s
    assert abs(rate.mean() - 1 / np.mean(times)) < 4 * rate.std(ddof=1) / np.sqrt(16)


def test_before_its_simulation_a_cell_has_the_time_it_was_given():
    cell = Part("cell", "robot_cell", {"cycle_s": 7.0})
    found = run(chain(Part("source", "source"), cell, Part("sink", "sink")), horizon_s=70.5)
    assert (found.finished == 10).all()


def test_arms_side_by_side_handle_an_item_each():
    cell = Part("cell", "robot_cell", {"cycle_s": 7.0, "arm_count": 2})
    found = run(chain(Part("source", "source"), cell, Part("sink", "sink")), horizon_s=70.5)
    assert (found.finished == 20).all()


@pytest.mark.parametrize("events", [True, False])
def test_places_of_a_pallet_come_in_turn(events):
    cell = Part("cell", "robot_cell", {"cycle_s": {"sequence": {"turns_s": [[10.0], [4.0], [7.0]]}}})
    line = chain(Part("source", "source"), cell, Part("sink", "sink"))
    for until_s, items in ((9.9, 0), (10.1, 1), (14.1, 2), (20.9, 2), (21.1, 3), (30.9, 3), (31.1, 4), (35.1, 5)):
        found = run(line, horizon_s=until_s, worlds=4, events=events)
        assert (found.finished == items).all()
        assert found.method is (Method.EVENTS if events else Method.RECURSION)


@pytest.mark.parametrize("events", [True, False])
def test_a_pallet_varies_less_than_cycles_drawn_from_all_places(events):
    turns = [[9.0, 11.0], [4.0, 6.0]]
    cell = Part("cell", "robot_cell", {"cycle_s": {"sequence": {"turns_s": turns}}})
    line = chain(Part("source", "source"), cell, Part("sink", "sink"))
    # 1,000 pairs a world: each time is its place's mean ± 1 s, so the sum's deviation is the root of 2,000
    found = run(line, horizon_s=15.0 * 1000, worlds=256, events=events)
    spread = found.finished.sum(axis=1).std(ddof=1) * 7.5
    assert spread == pytest.approx(np.sqrt(2000), rel=0.2)
