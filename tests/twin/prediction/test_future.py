import numpy as np
import pytest

from tests.twin.spindle import opened
from twin.prediction.future import ahead, days
from twin.records.window import SignalWindow

DAY, STEP_S = 24, 3600.0
MONDAY_US = 1_772_409_600_000_000  # 2026-03-02T00:00:00Z


@pytest.fixture(scope="module")
def spindle():
    return opened()


def log(rows):
    """A log on an hourly grid that begins on a Monday; the input counts the hours."""
    return SignalWindow(
        "spindle", MONDAY_US, STEP_S, (), np.zeros((rows, 0)), np.zeros((rows, 0), bool), ("SC-1",),
        np.arange(rows, dtype=np.float64)[:, None], np.ones(rows, bool), ((0, rows),), 0,
    )  # fmt: skip


def future(spindle, window, samples, worlds=64, sample_s=STEP_S):
    assembly, model = spindle
    inputs = ahead(model, assembly, window, samples=samples, sample_s=sample_s, worlds=worlds, seed=0)
    return inputs[:, model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")]


def test_without_a_log_the_defaults_hold(spindle):
    np.testing.assert_array_equal(future(spindle, None, 5), 100.0)


def test_a_short_log_repeats_its_end(spindle):
    np.testing.assert_array_equal(future(spindle, log(10), 4), [6, 7, 8, 9])


def test_a_log_shorter_than_the_horizon_holds_its_last_value(spindle):
    np.testing.assert_array_equal(future(spindle, log(3), 5), 2.0)


def test_each_world_draws_an_earlier_day_at_the_same_time(spindle):
    # The log ends on Thursday 06:00: Monday to Wednesday 06:00 begin the days that may be drawn.
    drawn = future(spindle, log(3 * DAY + 6), 8)
    assert set(drawn[0]) == {6.0, 6.0 + DAY, 6.0 + 2 * DAY}
    np.testing.assert_array_equal(np.diff(drawn, axis=0), 1.0)


def test_a_working_day_stands_for_a_working_day_and_a_weekend_for_a_weekend(spindle):
    # Fourteen days end on a Monday: ten working days before; thirteen end on a Sunday: Saturdays and Sundays.
    working = future(spindle, log(14 * DAY), 4, worlds=400)
    assert set(working[0] // DAY % 7) == {0.0, 1.0, 2.0, 3.0, 4.0}
    resting = future(spindle, log(13 * DAY), 4, worlds=400)
    assert set(resting[0] // DAY % 7) == {5.0, 6.0}


def test_a_stop_is_no_usual_day(spindle):
    window = log(2 * DAY)
    window.running[1] = False
    np.testing.assert_array_equal(future(spindle, window, 3), [DAY, DAY + 1, DAY + 2])


def test_a_finer_horizon_holds_the_logs_steps(spindle):
    np.testing.assert_array_equal(future(spindle, log(2), 4, sample_s=1800.0), [0, 0, 1, 1])


def first_hours(spindle, window):
    """Value with which each logged day begins, and the days."""
    assembly, model = spindle
    found = days(model, assembly, window, sample_s=STEP_S)
    return found.inputs[0, model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")], found


def test_days_are_counted_back_from_the_end(spindle):
    begins, found = first_hours(spindle, log(2 * DAY + 5))
    np.testing.assert_array_equal(begins, [DAY + 5.0, 5.0])
    assert found.inputs.shape == (DAY, len(spindle[1].input_names), 2)
    assert first_hours(spindle, None)[1].inputs.shape[2] == 1
    assert first_hours(spindle, log(5))[1].inputs.shape[2] == 1


def test_coming_days_are_told_from_weekends(spindle):
    # Seven days from a Monday on, newest first; what comes begins on a Monday.
    _, found = first_hours(spindle, log(7 * DAY))
    np.testing.assert_array_equal(found.works, [False, False, True, True, True, True, True])
    np.testing.assert_array_equal(found.coming_works[:8], [True] * 5 + [False] * 2 + [True])


def test_a_weekend_off_counts_and_a_working_day_that_stood_still_does_not(spindle):
    window = log(7 * DAY)
    window.running[5 * DAY :] = False
    window.running[2 * DAY + 3] = False
    begins, found = first_hours(spindle, window)
    np.testing.assert_array_equal(begins, np.array([6.0, 5.0, 4.0, 3.0, 1.0, 0.0]) * DAY)
    np.testing.assert_array_equal(found.works, [False, False, True, True, True, True])


def test_a_log_that_stood_still_throughout_is_all_there_is(spindle):
    window = log(2 * DAY)
    window.running[:] = False
    assert len(first_hours(spindle, window)[0]) == 2
