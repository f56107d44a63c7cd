"""Expected values: the times worked out by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import machines, run, shares


def serviced(counts, every_s, *more, cycle_s=7.0):
    service = Part("service", "maintenance",
                   {"machine": "m0", "every_s": every_s, "takes_s": 20.0, "counts": counts})  # fmt: skip
    return run(machines(1, beside=(service, *more), settings={"cycle_s": cycle_s}), horizon_s=12_500.0, worlds=1)


def test_it_waits_for_the_item_in_work():
    # due after 100 s, the fifteenth item ends at 105 s: a round is 105 + 20 s
    found = serviced("calendar_time", 100.0)
    assert shares(found, "m0")["maintained"] == pytest.approx(20 / 125, rel=1e-9)
    assert found.finished[0, 0] == 1500


def test_it_counts_items():
    found = serviced("items", 10.0)
    assert shares(found, "m0")["maintained"] == pytest.approx(20 / 90, abs=0.002)


def test_it_prevents_a_breakdown():
    worn = Part("d", "breakdown", {"machine": "m0", "between_s": 120.0, "repair_s": 500.0})
    assert shares(serviced("working_time", 100.0, worn), "m0")["down"] == 0.0
    assert shares(serviced("working_time", 1e6, worn), "m0")["down"] > 0.5
