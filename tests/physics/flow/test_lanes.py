"""Lanes give the numbers of one batch, however many there are."""

import numpy as np
import pytest

from physics.flow.batch import Batch
from physics.flow.compile import compile_line
from physics.flow.lanes import Lanes
from physics.flow.layout import Part
from tests.physics.flow.lines import chain

MOST = 1 << 20


@pytest.mark.parametrize("threads", [1, 2, 3, 9])
def test_worlds_are_the_same_in_one_batch_and_in_lanes(threads):
    cycle = {"cycle_s": {"exponential": {"mean_s": 10.0}}}
    line = compile_line(chain(Part("source", "source"), Part("m", "machine", cycle), Part("sink", "sink")))
    one = Batch(line, 5, 7, leads=1)
    one.begin(3, 7)
    lanes = Lanes(line, 5, 7, first=3, leads=1, threads=threads)
    speeds = np.linspace(0.5, 2.0, 7)[:, None] * np.ones(len(line.place_names))
    for batch in (one, lanes):
        batch.run(0.0, MOST)
        batch.adopt(speeds, np.zeros((7, 0), dtype=np.int32))
        batch.run(1000.0, MOST)
    np.testing.assert_array_equal(lanes.read("finished"), one.read("finished"))
    one.forget(1000.0, 1.0)
    lanes.forget(1000.0)
    for batch in (one, lanes):
        batch.run(3000.0, MOST)
    for name in ("finished", "state_s"):
        np.testing.assert_array_equal(lanes.read(name), one.read(name))
    assert (np.diff(lanes.read("finished").sum(axis=1)) != 0).any()
