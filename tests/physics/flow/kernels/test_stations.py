"""Shares of time, and what a slower machine changes, by hand."""

import re

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, machines, run, shares


def test_shares_of_a_deterministic_line():
    """1 s, 4 s, 2 s without buffers: the first is blocked 3 of 4 s, the last starves 2 of 4 s."""
    middle = (Part(f"m{n}", "machine", {"cycle_s": cycle_s}) for n, cycle_s in enumerate((1.0, 4.0, 2.0)))
    parts = (Part("source", "source"), *middle, Part("sink", "sink"))
    found = run(chain(*parts), horizon_s=400.0, warm_s=40.0, worlds=1)
    assert (shares(found, "m0")["busy"], shares(found, "m0")["blocked"]) == pytest.approx((0.25, 0.75))
    assert shares(found, "m1")["busy"] == pytest.approx(1.0)
    assert (shares(found, "m2")["busy"], shares(found, "m2")["starved"]) == pytest.approx((0.5, 0.5))


@pytest.mark.parametrize("events", [True, False])
def test_a_loop_that_takes_no_time_is_named_with_its_place(events):
    line = machines(1, settings={"cycle_s": 0.0})
    found = run(line, horizon_s=10.0, worlds=1, events=events)
    assert found.status.tolist() == [3]
    # by events, whichever place of the loop was looked at last
    assert re.search("takes no time at (source|m0), world 0 after 0 s", found.trouble()[0])
