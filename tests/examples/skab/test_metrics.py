import numpy as np
import pytest

from examples.skab.metrics import nab, pooled, turns


def test_pooled_scores_of_a_table_counted_by_hand():
    # 3 hits, 1 false, 2 missed, 4 quiet: F1 = 6 / 9, FAR = 1 / 5, MAR = 2 / 5.
    label = [np.array([1, 1, 1, 0, 0]), np.array([1, 1, 0, 0, 0])]
    alarm = [np.array([1, 1, 1, 1, 0]), np.array([0, 0, 0, 0, 0])]
    found = pooled(list(zip(label, alarm, strict=True)))
    assert (found.f1, found.false_alarm_ratio, found.missed_ratio) == pytest.approx((6 / 9, 0.2, 0.4))


def test_all_right_and_all_quiet():
    assert pooled([(np.array([1, 0]), np.array([1, 0]))]).f1 == 1.0
    assert pooled([(np.array([0, 0]), np.array([0, 0]))]).false_alarm_ratio == 0.0


def test_an_alarm_turns_on_at_once_and_off_after_the_hold():
    alarm = np.array([0, 0, 1, 0, 1, 0, 0, 0, 0, 0])
    np.testing.assert_array_equal(turns(alarm, hold=2), [2, 7])


def test_nab_of_instant_detections_is_100_and_of_silence_0():
    changes = np.array([100.0, 300.0])
    assert nab([(changes, changes)]) == pytest.approx(100.0)
    assert nab([(changes, np.array([]))]) == pytest.approx(0.0)


def test_nab_halfway_through_the_window_earns_half():
    # Score 0.5 of 1, null -1: 100 (0.5 + 1) / 2.
    assert nab([(np.array([100.0]), np.array([130.0]))]) == pytest.approx(75.0)


def test_nab_counts_the_first_detection_and_charges_those_outside():
    # 1 - 2 · 0.11 = 0.78 of 1: 100 (0.78 + 1) / 2.
    detections = np.array([20.0, 100.0, 110.0, 400.0])
    assert nab([(np.array([100.0]), detections)]) == pytest.approx(89.0)
