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


def test_days_are_counted_back_from_the_end(spindle):
    assembly, model = spindle
    found = days(model, assembly, log(2 * DAY + 5), sample_s=STEP_S)
    column = model.input_names.index("hall/spindle/motor-1.speed_set_rad_per_s")
    np.testing.assert_array_equal(found[0, column], [DAY + 5.0, 5.0])
    assert found.shape == (DAY, len(model.input_names), 2)
    assert days(model, assembly, None, sample_s=STEP_S).shape[2] == 1
