"""A belt that breaks down or rests delays what is on it by just that time."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, run, shares


def ride(*beside, **settings):
    belt = Part("belt", "conveyor", {"length_m": 10.0, "speed_m_per_s": 1.0} | settings)
    source = Part("source", "source", {"schedule": [[5.0, "item", 1]]})
    return run(chain(source, belt, Part("sink", "sink"), beside=beside), horizon_s=100.0, worlds=1)


def test_a_breakdown_delays_the_item_by_its_repair():
    down = Part("d", "breakdown", {"machine": "belt", "between_s": 10.0, "repair_s": 7.0, "counts": "calendar_time"})
    found = ride(down)
    assert found.lead_s[0, 0] == pytest.approx(17.0)
    assert shares(found, "belt")["down"] == pytest.approx(0.4, abs=0.05)


def test_the_belt_rests_between_shifts():
    shifts = Part("shifts", "shift_calendar", {"period_s": 20.0, "shifts": [[0, 1], [10, 0]]})
    assert ride(shifts, calendar="shifts").lead_s[0, 0] == pytest.approx(20.0)
