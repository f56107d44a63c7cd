import numpy as np
import pytest

from examples.skab.records import SECOND_US, Experiment
from examples.skab.signals import raw_errors, signal

ROWS, TEACHING, ODD = 1000, 400, (600, 800)


def experiment(name, shift=0.0, seed=0):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(ROWS, 3))
    rows = np.arange(ROWS)
    anomaly = (rows >= ODD[0]) & (rows < ODD[1]) & (shift != 0)
    values[anomaly, 0] += shift
    change = np.isin(rows, ODD) & (shift != 0)
    return Experiment(name, rows * SECOND_US, values, anomaly, change, TEACHING)


@pytest.fixture(scope="module")
def found():
    odd = [experiment(f"valve1-{k}", 3.0, seed=k) for k in range(3)]
    spans = (*odd, experiment("anomaly-free-0", seed=9))
    return spans, signal(spans, tuple(raw_errors(one) for one in spans))


def test_so_many_healthy_rows_alarm_as_are_accepted(found):
    spans, whole = found
    # The later halves of three teaching stretches and the 600 rows after the healthy one's.
    assert len(whole.healthy) == 3 * TEACHING // 2 + ROWS - TEACHING
    margin = whole.at(0.1)["margin"]
    assert (whole.healthy > margin).mean() == pytest.approx(0.1, abs=2e-3)


def test_a_shift_of_three_spreads_is_found(found):
    at = found[1].at(0.05)
    # White noise: the score settles within some 10 of 200 rows on either side of the shift.
    assert at["f1"] > 0.9
    assert at["mar"] < 0.1
    assert at["groups"]["valve1"]["f1"] == pytest.approx(at["f1"])
    assert list(at["groups"]) == ["valve1"]


def test_labels_of_scored_rows_do_not_move_the_margin(found):
    spans, whole = found
    turned = tuple(
        Experiment(one.name, one.times_us, one.values, ~one.anomaly, one.change, one.teaching) for one in spans
    )
    other = signal(turned, tuple(raw_errors(one) for one in turned))
    assert other.at(0.1)["margin"] == whole.at(0.1)["margin"]
    for first, second in zip(whole.scores, other.scores, strict=True):
        np.testing.assert_array_equal(first, second)


def test_what_comes_after_teaching_teaches_nothing(found):
    spans, whole = found
    spoiled = [one.values.copy() for one in spans]
    for values in spoiled:
        values[TEACHING:] += 100.0
    again = signal(spans, tuple(spoiled))
    for first, second in zip(whole.scores, again.scores, strict=True):
        np.testing.assert_array_equal(first[:TEACHING], second[:TEACHING])


def test_a_short_teaching_stretch_is_not_split():
    one = experiment("other-2")
    short = Experiment(one.name, one.times_us, one.values, one.anomaly, one.change, 104)
    healthy = experiment("anomaly-free-0", seed=1)
    whole = signal((short, healthy), (raw_errors(short), raw_errors(healthy)))
    assert len(whole.healthy) == ROWS - TEACHING


def test_seconds_without_a_row_are_missing_on_the_grid():
    one = experiment("valve1-0")
    times = np.delete(np.arange(ROWS + 1), 10) * SECOND_US
    grid = raw_errors(Experiment(one.name, times, one.values, one.anomaly, one.change, TEACHING))
    assert len(grid) == ROWS + 1
    assert np.isnan(grid[10]).all()
    np.testing.assert_array_equal(grid[11], one.values[10])
