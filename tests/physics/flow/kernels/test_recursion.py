"""The recursion gives the numbers that the events give: item for item to the last bit."""

import numpy as np
import pytest

from physics.flow.layout import Part
from physics.flow.simulate import Method
from tests.physics.flow.lines import broken_line, chain, exponential, machines, run

LINES = {
    "no buffers": machines(4, settings={"cycle_s": exponential(1.0)}),
    "buffers": machines(3, 2, settings={"cycle_s": exponential(1.0)}),
    "breakdowns": broken_line(4, 3, 0.5, 1.5),
    "arrivals": chain(
        Part("source", "source", {"interval_s": exponential(1.2)}), Part("b", "buffer", {"capacity_count": 2}),
        Part("m", "machine", {"cycle_s": exponential(1.0)}), Part("sink", "sink"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("warm_s", [0.0, 100.0])
@pytest.mark.parametrize("name", LINES)
def test_the_recursion_is_the_run_by_events(name, warm_s):
    events, items = (
        run(LINES[name], horizon_s=3000.0, worlds=5, warm_s=warm_s, events=events, bin_count=7)
        for events in (True, False)
    )
    assert items.method is Method.RECURSION
    for same in ("finished", "lead_s", "lead_sum_s", "done", "stops", "created", "binned", "items"):
        np.testing.assert_array_equal(getattr(events, same), getattr(items, same), err_msg=same)
    # sums of stretches are formed in the same order; a stretch that the warm-up's end cuts may differ in its last digit
    np.testing.assert_allclose(items.state_s, events.state_s, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(items.item_s, events.item_s, rtol=1e-12)
    np.testing.assert_allclose(items.content_s, events.content_s, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(items.ideal_s, events.ideal_s, rtol=1e-12)


def test_a_line_that_takes_no_time_and_one_that_takes_too_long_end():
    assert run(machines(2, settings={"cycle_s": 0.0}), events=False).status.tolist() == [3] * 4
    assert run(LINES["buffers"], events=False, most_events=100).status.tolist() == [4] * 4
