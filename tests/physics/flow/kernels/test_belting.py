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


def test_who_comes_before_the_entry_is_free_enters_the_moment_it_is():
    """A belt of 1 m/s takes an item a second: of three at 5.5 s the last enters at 7.5, one of 7.75 s at 8.5."""
    belt = Part("belt", "conveyor", {"length_m": 10.0, "speed_m_per_s": 1.0, "pitch_m": 1.0})
    source = Part("source", "source", {"schedule": [[5.5, "item", 3], [7.75, "item", 1], [20.5, "item", 1]]})
    found = run(chain(source, belt, Part("sink", "sink")), horizon_s=100.0, worlds=1, bin_count=100)
    assert found.binned[0].nonzero()[0].tolist() == [15, 16, 17, 18, 30]
    assert found.item_s[0] == pytest.approx(50.0)


def test_a_splitter_sees_that_an_entry_is_free_though_nobody_waited_for_it():
    """Items every 4 s, belts that take one every 2 s: the first belt is free each time, the other stays empty."""
    belts = [Part(name, "conveyor", {"length_m": 6.0, "speed_m_per_s": 1.0, "pitch_m": 2.0}) for name in "ab"]
    parts = (Part("source", "source", {"interval_s": 4.0}), Part("way", "splitter"))
    links = (("way.out_1", "a.in"), ("way.out_2", "b.in"), ("a.out", "one.in"), ("b.out", "two.in"))
    line = chain(*parts, beside=(*belts, Part("one", "sink"), Part("two", "sink")), links=links)
    found = run(line, horizon_s=103.0, worlds=1)
    assert found.finished[0, 0] == 24  # those of 4 to 96 s, six seconds later
    assert found.content_s[0, found.line.places_of("b")[0]] == 0.0
