import numpy as np
import pytest

from twin.night import quality
from twin.records.batch import TagSeries

MINUTE_US, DAY_US = 60_000_000, 86_400_000_000
TAGS = ("A", "B", "C")


def log(keep=slice(None), **changes):
    """A whole day of noisy readings a minute, `changes` by tag: a function of (times, values)."""
    rng = np.random.default_rng(3)
    found = []
    for tag in TAGS:
        times = np.arange(0, DAY_US, MINUTE_US)
        values = rng.normal(size=len(times))
        times, values = times[keep], values[keep]
        if tag in changes:
            times, values = changes[tag](times, values)
        found.append(TagSeries(tag, times, values, np.zeros(len(times), np.uint8)))
    return found


def assess(series):
    noisy = dict.fromkeys(TAGS, 0.1)
    return quality.assess(series, noisy, start_us=0, end_us=DAY_US, spacing_us=MINUTE_US)


def test_a_whole_day_has_nothing_to_tell():
    found = assess(log())
    assert (found.share, found.notes, found.exclusions, found.learn) == (1.0, (), (), True)


def test_a_day_without_readings_teaches_nothing():
    found = assess(log(keep=slice(0, 0)))
    assert (found.share, found.learn) == (0.0, False)
    assert found.notes == ("No usable reading arrived.",)


@pytest.mark.parametrize(("minutes", "learn"), [(720, True), (300, False)], ids=["half a day", "five hours"])
def test_half_a_day_teaches_and_a_few_hours_do_not(minutes, learn):
    found = assess(log(keep=slice(0, minutes)))
    assert found.learn is learn
    assert found.share == pytest.approx(minutes / 1440)
    assert found.notes[1] == (
        f"For {1440 - minutes + 1} min nothing came at all: an outage, or a clock that was set forward."
    )


def test_a_dead_tag_is_named():
    found = assess(log(B=lambda times, values: (times[:0], values[:0])))
    assert found.learn
    assert "No usable reading of B." in found.notes


def test_a_frozen_sensor_is_excluded_where_it_stands_still():
    def freeze(times, values):
        values = values.copy()
        values[100:200] = values[100]
        return times, values

    (excluded,) = assess(log(C=freeze)).exclusions
    assert (excluded.tag, excluded.start_us, excluded.end_us) == ("C", 100 * MINUTE_US, 199 * MINUTE_US + 1)


def test_a_sensor_without_noise_may_stand_still():
    still = log(C=lambda times, values: (times, np.zeros_like(values)))
    found = quality.assess(still, {"A": 0.1, "B": 0.1}, start_us=0, end_us=DAY_US, spacing_us=MINUTE_US)
    assert found.exclusions == ()


def test_a_clock_that_is_set_back_is_seen_in_most_tags_at_once():
    def back(times, values):
        """At 10:00 the clock goes back by an hour and half a minute: the hour before is told twice."""
        late = times >= 600 * MINUTE_US
        moved = np.where(late, times - 60 * MINUTE_US - MINUTE_US // 2, times)
        order = np.argsort(moved, kind="stable")
        return moved[order], values[order]

    found = assess(log(A=back, B=back, C=back))
    (excluded,) = found.exclusions
    assert excluded.tag == ""
    assert excluded.start_us / MINUTE_US == pytest.approx(540, abs=1.5)
    assert excluded.end_us / MINUTE_US == pytest.approx(599, abs=1.5)
    assert assess(log(A=back)).exclusions == ()


def test_a_clock_that_is_set_forward_leaves_a_gap_in_all():
    forward = lambda times, values: (times + np.where(times >= 600 * MINUTE_US, 60 * MINUTE_US, 0), values)  # noqa: E731
    found = assess(log(A=forward, B=forward, C=forward))
    assert found.notes == ("For 61 min nothing came at all: an outage, or a clock that was set forward.",)
