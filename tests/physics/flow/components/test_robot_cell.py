"""Expected values: the renewal theorem, items per time = 1 / mean of the empirical times."""

import numpy as np

from physics.flow.layout import Part
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
