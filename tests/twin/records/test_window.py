import numpy as np

from twin.records.window import SignalWindow


def test_the_rest_of_a_window_keeps_times_values_and_what_is_left_of_segments():
    rows = np.arange(10.0)
    whole = SignalWindow(
        "p", 5_000_000, 2.0, ("a",), rows[:, None], rows[:, None] > 2, ("u",), -rows[:, None], rows < 9,
        ((0, 3), (3, 5), (6, 10)), 7,
    )  # fmt: skip
    rest = whole.since(4)
    assert rest.start_us == 13_000_000
    np.testing.assert_array_equal(rest.times_us(), whole.times_us()[4:])
    for name in ("measured", "mask", "driven", "running"):
        np.testing.assert_array_equal(getattr(rest, name), getattr(whole, name)[4:])
    assert rest.segments == ((2, 6),)  # of (3, 5) one sample is left, which is no segment
    assert rest.watermark_us == 7
