import numpy as np

from twin.records.batch import TagSeries
from twin.scene.scene import Interpolation
from twin.windows.gaps import available, is_periodic, usual_spacing_us

SECOND_US = 1_000_000


def series(tag, seconds):
    times = (np.array(seconds) * SECOND_US).astype(np.int64)
    return TagSeries(tag, times, np.ones(len(times)), np.zeros(len(times), np.uint8))


def test_spacing_is_the_mean_of_one_clocks_jitter():
    times = np.array([0, 1000, 2000, 3001, 4001, 104_001, 105_001])  # one long silence does not count
    assert usual_spacing_us(times) == 1000.2


def test_a_spacing_two_percent_off_is_no_jitter():
    times = np.cumsum([0, 1000, 1000, 1000, 1020, 1000])
    assert usual_spacing_us(times) == 1000.0


def test_nine_tenths_of_regular_spacings_are_enough():
    regular = [60] * 18
    assert is_periodic(np.cumsum([0, *regular, 600, 600]))
    assert not is_periodic(np.cumsum([0, *regular, 600, 600, 600]))


def test_periodic_or_on_change():
    assert is_periodic(np.arange(20) * 60)
    assert not is_periodic(np.array([0, 5, 300, 310, 2000, 9000]))
    assert not is_periodic(np.array([0, 5]))


def test_periodic_input_is_missing_in_its_own_silence():
    found = series("u", [*range(20), *range(60, 80)])
    samples = np.arange(80) * SECOND_US
    known = available(found, Interpolation.LINEAR, samples, 1.0, None, [found])
    assert known[:20].all()
    assert known[60:].all()
    assert not known[20:60].any()


def test_input_logged_on_change_is_known_while_anything_reports():
    command, sensor = series("u", [0, 3, 47]), series("y", [*range(30), *range(50, 90)])
    samples = np.arange(90) * SECOND_US
    known = available(command, Interpolation.STEP, samples, 1.0, 10.0, [command, sensor])
    assert known[:30].all()
    assert not known[30:47].any()
    assert known[50:].all()


def test_nothing_is_known_before_the_first_reading():
    found = series("u", range(10, 20))
    known = available(found, Interpolation.STEP, np.arange(20) * SECOND_US, 1.0, None, [found])
    assert known.tolist() == [False] * 10 + [True] * 10


def test_last_value_holds_for_the_allowed_gap_only():
    found = series("u", range(10))
    known = available(found, Interpolation.STEP, np.arange(30) * SECOND_US, 1.0, 5.0, [found])
    assert known.sum() == 15
