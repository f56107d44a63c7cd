"""The order of events is checked against the recursion, which has no calendar at all."""

import numpy as np
import pytest

from tests.physics.flow.lines import broken_line, machines, run


@pytest.mark.parametrize("count", [1, 2, 3, 5, 8, 13])
def test_events_come_in_order_for_any_number_of_clocks(count):
    line = broken_line(count, 2)
    events, items = (run(line, horizon_s=20_000.0, worlds=3, events=events) for events in (True, False))
    np.testing.assert_array_equal(events.lead_s, items.lead_s)
    np.testing.assert_array_equal(events.finished, items.finished)


def test_equal_times_are_taken_in_a_fixed_order():
    line = machines(4, 1, settings={"cycle_s": 1.0})
    first, second = (run(line, horizon_s=50.5, worlds=2) for _ in range(2))
    np.testing.assert_array_equal(first.lead_s, second.lead_s)
    assert (first.lead_s[0] == first.lead_s[1])[np.isfinite(first.lead_s[0])].all()
