"""What a run promises: the same numbers however it is cut, bounds that end it, states that are named."""

import numpy as np

from physics.flow.batch import Batch
from physics.flow.compile import compile_line
from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import broken_line, run


def test_a_run_in_pieces_is_the_run_in_one():
    line = compile_line(broken_line(4, 3))
    whole, pieces = Batch(line, 5, 3, leads=4000), Batch(line, 5, 3, leads=4000)
    whole.begin(0, 3)
    whole.run(30_000.0, 1 << 30)
    pieces.begin(0, 3)
    for until_s in np.linspace(0.0, 30_000.0, 301)[1:]:
        pieces.run(float(until_s), 1 << 30)
    np.testing.assert_array_equal(whole.read("leads"), pieces.read("leads"))
    np.testing.assert_array_equal(whole.read("clock"), pieces.read("clock"))
    np.testing.assert_allclose(whole.read("state_s"), pieces.read("state_s"), rtol=1e-12)


def test_too_many_events_end_a_world_and_not_the_run():
    found = run(broken_line(2, 2), horizon_s=1e6, worlds=2, most_events=500)
    assert found.status.tolist() == [4, 4]
    assert "more events" in found.trouble()[0]


def test_items_that_wait_for_a_part_that_never_comes_have_stalled():
    parts = (Part("bodies", "source", {"interval_s": 1.0}), Part("lids", "source", {"schedule": [[0.0, "item", 2]]}),
             Part("mount", "assembly", {"cycle_s": 1.0}), Part("sink", "sink"))  # fmt: skip
    links = (("bodies.out", "mount.in_1"), ("lids.out", "mount.in_2"), ("mount.out", "sink.in"))
    shifts = Part("shifts", "shift_calendar", {"shifts": [[0, 1]], "period_s": 50.0})
    people = Part("people", "operator_pool", {"calendar": "shifts"})
    found = run(Layout((*parts, shifts, people), links), horizon_s=1000.0, worlds=1)
    assert found.status.tolist() == [2]
    assert found.finished[0, 0] == 2
    assert "stalled" in found.trouble()[0]
