import pytest

from tests.twin.bottles import DAY_S, NOISY, TEXT
from twin.assembly.line import compile_layout, layout_of
from twin.scenarios.line_warm import WarmUp, longest, warm_up
from twin.scene.load import load


def compiled(text):
    scene = load(text)
    return compile_layout(layout_of(scene), scene)


def test_a_line_without_calendar_warms_up_until_mser_5_says_so():
    found = warm_up(compiled(TEXT), horizon_s=DAY_S, seed=1)
    # constant times: the line is full and steady within minutes, and a batch of MSER-5 is five bins of a hundredth
    assert found.warm_s <= 2 * 5 * DAY_S / 100
    assert "MSER-5" in found.how


def test_a_line_with_shifts_begins_at_the_hour_asked_for():
    line = compiled(NOISY)
    assert warm_up(line, horizon_s=3600.0, seed=1).warm_s == DAY_S
    for hour in (3, 14, 40):
        warm_s = warm_up(line, horizon_s=3600.0, seed=1, begins_s=hour * 3600.0).warm_s
        assert DAY_S / 2 <= warm_s < 1.5 * DAY_S
        assert warm_s % DAY_S == pytest.approx(hour * 3600.0 % DAY_S)


def test_both_runs_forget_the_longer_time():
    short, long = WarmUp(1.0, "a"), WarmUp(2.0, "b")
    assert longest(short, long) is longest(long, short) is long
