"""Changes put into errors by hand: each is found as what it is, and nothing where nothing is."""

import numpy as np
import pytest
from scipy.signal import lfilter

from twin.prediction.isolation import isolate, noisy

TAGS, STEP_S, ROWS, FIRST = ("flow", "head", "power", "heat"), 300.0, 5 * 288, 4 * 288
HOURS = np.arange(ROWS) * STEP_S / 3600
LOAD = 1.0 + 0.5 * np.sin(HOURS / 24 * 2 * np.pi)[:, None]
SIGNATURES = {
    "pump.loss": LOAD**2 * np.array([-1.0, -2.0, 0.5, 0.0]),
    "wall.conductance": LOAD * np.array([0.0, 0.0, 0.0, 3.0]),
}


def errors(seed=0):
    """Errors of a free run: lasting for an hour or two, and noise."""
    rng = np.random.default_rng(seed)
    slow = lfilter([0.25], [1.0, -0.95], rng.normal(size=(ROWS + 500, 4)), axis=0)[500:]
    return slow + rng.normal(size=(ROWS, 4))


def cause(error):
    return isolate(error, SIGNATURES, TAGS, first=FIRST, step_s=STEP_S)


def from_row(row):
    return (np.arange(ROWS) >= row).astype(float)[:, None]


def test_nothing_is_found_where_nothing_is():
    assert [cause(errors(seed)) for seed in range(20)] == [None] * 20


@pytest.mark.parametrize("hour", [6, 15])
def test_a_zero_that_jumps_is_the_sensors(hour):
    row = FIRST + hour * 12
    found = cause(errors() + from_row(row) * np.array([0.0, 0.0, 6.0, 0.0]))
    assert (found.name, found.sensor, found.sudden) == ("power", True, True)
    assert found.size == pytest.approx(6.0, abs=1.0)
    assert abs(found.onset - row) <= 2 * 12


def test_a_part_that_breaks_moves_several_tags_as_their_load_says():
    found = cause(errors() + 3.0 * from_row(FIRST + 96) * SIGNATURES["pump.loss"])
    assert (found.name, found.sensor, found.sudden) == ("pump.loss", False, True)
    assert found.size == pytest.approx(3.0, abs=0.5)


def test_wear_that_goes_on_for_days_is_slow():
    course = np.linspace(0.0, 4.0, ROWS)[:, None]
    found = cause(errors() + course * SIGNATURES["pump.loss"])
    assert (found.name, found.sensor, found.sudden) == ("pump.loss", False, False)


def test_a_cause_that_moves_one_tag_is_told_by_its_course():
    """Both move `heat` alone; what grows with the load is the wall, what does not is the sensor."""
    loaded = cause(errors() + 3.0 * from_row(FIRST) * SIGNATURES["wall.conductance"])
    assert loaded.name == "wall.conductance"
    assert cause(errors() + 9.0 * from_row(FIRST) * np.array([0.0, 0.0, 0.0, 1.0])).name == "heat"


def test_too_short_a_past_tells_nothing():
    assert isolate(errors()[-300:], {}, TAGS, first=20, step_s=STEP_S) is None


def test_a_tag_without_readings_does_not_matter():
    error = errors() + from_row(FIRST + 96) * np.array([6.0, 0.0, 0.0, 0.0])
    error[:, 3] = np.nan
    assert cause(error).name == "flow"


def test_a_sensor_that_jumps_four_times_as_much_is_noisy():
    error = errors()
    assert noisy(error, TAGS, FIRST) == {}
    error[FIRST:, 1] += np.sqrt(15.0) * np.random.default_rng(9).normal(size=ROWS - FIRST)
    (tag,) = noisy(error, TAGS, FIRST)
    assert tag == "head"
