import numpy as np
import pytest

from twin.errors import InvalidInput, NotReady
from twin.records.batch import TagSeries
from twin.records.reading import Quality
from twin.scene.scene import Interpolation
from twin.windows.align import Grid, Stops, align, inside, interpolated, nearest, segments, usual_step_s

SECOND_US = 1_000_000


def series(tag, seconds, values, quality=None):
    times = np.round(np.array(seconds, float) * SECOND_US).astype(np.int64)
    codes = np.zeros(len(times)) if quality is None else np.array(quality)
    return TagSeries(tag, times, np.array(values, float), codes.astype(np.uint8))


def cut(sensors, inputs=(), *, end_s=10, step_s=1.0, stops=Stops(), max_gap_s=None):
    grid = Grid(0, end_s * SECOND_US, step_s, max_gap_s)
    return align("p", grid, sensors=sensors, inputs=list(inputs), stops=stops, watermark_us=7)


def test_regular_log_comes_back_unchanged():
    measured, driving = series("y", range(10), range(10)), series("u", range(10), range(10, 20))
    window = cut([measured], [(driving, Interpolation.STEP)])
    assert window.measured[:, 0].tolist() == list(range(10))
    assert window.driven[:, 0].tolist() == list(range(10, 20))
    assert window.mask.all()
    assert window.running.all()
    assert window.segments == ((0, 10),)
    assert (window.sensor_tags, window.input_tags, window.watermark_us) == (("y",), ("u",), 7)


def test_sensor_takes_the_nearest_reading_within_half_a_step_and_no_mean():
    found = nearest(series("y", [0.4, 0.9, 1.3, 3.6], [1, 2, 3, 4]), np.arange(5) * SECOND_US, 1.0)
    assert found[[0, 1, 4]].tolist() == [1, 2, 4]
    assert np.isnan(found[[2, 3]]).all()


def test_reading_midway_belongs_to_one_sample_only():
    found = nearest(series("y", [0.5], [1]), np.arange(3) * SECOND_US, 1.0)
    assert np.isfinite(found).tolist() == [False, True, False]


def test_bad_and_missing_values_are_masked_not_guessed():
    quality = [Quality.GOOD, Quality.BAD, Quality.UNCERTAIN, Quality.GOOD]
    window = cut([series("y", range(4), [1, 2, 3, np.nan], quality)], end_s=4)
    assert window.mask[:, 0].tolist() == [True, False, False, False]
    assert np.isnan(window.measured[1:, 0]).all()


def test_bad_reading_does_not_hide_a_good_one_beside_it():
    window = cut([series("y", [1.0, 1.1], [5, 6], [Quality.BAD, Quality.GOOD])], end_s=3)
    assert window.measured[1, 0] == 6


def test_inputs_are_held_or_interpolated_as_declared():
    coarse = series("u", [0, 4, 8], [0, 4, 0])
    window = cut([], [(coarse, Interpolation.STEP), (coarse, Interpolation.LINEAR)], end_s=9)
    assert window.driven[:, 0].tolist() == [0, 0, 0, 0, 4, 4, 4, 4, 0]
    assert window.driven[:, 1].tolist() == [0, 1, 2, 3, 4, 3, 2, 1, 0]


def test_interpolation_is_exact_far_from_1970():
    far = 1_700_000_000
    times = np.array([far + 0.25]) * SECOND_US
    assert interpolated(series("u", [far, far + 1], [0, 1]), times.astype(np.int64))[0] == 0.25


def test_input_from_before_the_window_is_held():
    window = cut([series("y", range(10), range(10))], [(series("u", [-3], [5]), Interpolation.STEP)])
    assert (window.driven == 5).all()
    assert window.segments == ((0, 10),)


def test_segments_break_at_gaps_of_an_input():
    driving = series("u", [*range(20), *range(40, 60)], range(40))
    window = cut([], [(driving, Interpolation.STEP)], end_s=60, max_gap_s=5)
    assert window.segments == ((0, 20), (40, 60))
    assert np.isfinite(window.driven).all()


def test_stop_of_the_plant_breaks_segments_and_masks():
    measured, driving = series("y", range(10), range(10)), series("u", range(10), range(10))
    window = cut([measured], [(driving, Interpolation.STEP)], stops=Stops([(3 * SECOND_US, 5 * SECOND_US)]))
    assert window.running.tolist() == [True] * 3 + [False] * 2 + [True] * 5
    assert window.segments == ((0, 3), (5, 10))
    assert (window.mask[:, 0] == window.running).all()


def test_stop_of_one_asset_masks_its_tags_alone():
    stops = Stops((), {"y": [(8 * SECOND_US, None)]})
    window = cut([series("y", range(10), range(10)), series("z", range(10), range(10))], stops=stops)
    assert window.mask.sum(axis=0).tolist() == [8, 10]
    assert window.running.all()


def test_segments_are_at_least_two_samples():
    assert segments(np.array([True, False, True, True, False, True])) == ((2, 4),)
    assert segments(np.zeros(3, bool)) == ()


def test_open_span_goes_on():
    assert inside(np.arange(4), [(2, None)]).tolist() == [False, False, True, True]


def test_step_follows_a_clock_that_is_a_little_off():
    # EMPS: 24,841 rows logged at 1.000024 ms; a grid of exactly 1 ms would drift by more than half a step
    times = np.arange(24_841) * 1.000024e-3
    found = usual_step_s([series("q", times, times)])
    assert found == pytest.approx(1.000024e-3, rel=1e-6)
    window = cut([series("q", times, times)], end_s=24.84, step_s=found)
    assert window.mask.all()


def test_step_is_that_of_most_readings():
    fast, slow, change = (
        series("a", range(100), range(100)),
        series("b", range(0, 100, 10), range(10)),
        series("c", [0, 7, 90], [0, 1, 2]),
    )
    assert usual_step_s([slow, fast, slow, change]) == 1.0
    assert usual_step_s([slow, change, change]) == 10.0
    assert usual_step_s([change]) == 45.0
    assert usual_step_s([series("d", [1], [1])]) is None


def test_million_samples_of_a_regular_log():
    count = 1_000_000
    times, zeros = np.arange(count) * SECOND_US, np.zeros(count, np.uint8)
    measured = TagSeries("y", times, np.arange(count, dtype=float), zeros)
    window = cut([measured], [(measured, Interpolation.LINEAR)], end_s=count)
    assert window.samples == count
    assert (window.driven == window.measured).all()


def test_silent_inputs_are_all_named():
    with pytest.raises(NotReady, match="u, v"):
        cut([], [(series("u", [], []), Interpolation.STEP), (series("v", [1], [np.nan]), Interpolation.STEP)])


@pytest.mark.parametrize(("end_s", "step_s"), [(0, 1.0), (10, 0.0), (10, float("nan")), (10, 1e-9)])
def test_grids_that_make_no_sense_are_refused(end_s, step_s):
    with pytest.raises(InvalidInput):
        cut([], end_s=end_s, step_s=step_s)


def test_times_that_fall_or_repeat_are_refused_tag_by_tag():
    with pytest.raises(InvalidInput) as refused:
        cut(
            [series("y", [0, 2, 1], [1, 2, 3]), series("z", [0, 1], [1, 2])],
            [(series("u", [0, 0], [1, 2]), Interpolation.STEP)],
        )
    assert [(fault.where, fault.need) for fault in refused.value.faults] == [
        ("y", "times that rise"),
        ("u", "times that rise"),
    ]
    assert refused.value.faults[0].got.startswith("reading 2 at ")
