import numpy as np
import pytest

from tests.twin.spindle import opened, worlds_of
from twin.prognosis.duty import DAYS_AHEAD, duty

SAMPLE_S, CYCLE = 600.0, 144
SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


@pytest.fixture(scope="module")
def spindle():
    return opened()


def week(model, worked):
    """Inputs of days that run all day or rest, shape [T, I, D]."""
    days = np.repeat(np.repeat(model.inputs[None, :, None], CYCLE, axis=0), len(worked), axis=2)
    days[:, model.input_names.index(SPEED)] = np.array(worked) * 100.0
    return days


def test_a_week_with_two_idle_days_wears_five_sevenths(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 200)
    found = duty(worlds, week(model, [1, 1, 1, 1, 1, 0, 0]), SAMPLE_S)
    assert found.inputs[0, model.input_names.index(SPEED)] == 100.0
    slow = [name for name, is_slow in zip(model.state_names, model.slow, strict=True) if is_slow]
    scale = found.scale[slow.index("hall/spindle/bearing-1.wear_ratio")]
    share = 5 / 7
    # Each world draws 90 days: its share of working days has a binomial deviation; the mean of 200 worlds is 14 times
    # closer, and a cold start adds a few per mille to the reference day.
    assert scale.mean() == pytest.approx(share, rel=0.02)
    assert scale.std() == pytest.approx((share * (1 - share) / DAYS_AHEAD) ** 0.5, rel=0.25)


def test_one_day_stands_for_itself(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    found = duty(worlds, week(model, [1]), SAMPLE_S)
    assert (found.scale == 1.0).all()
    assert found.inputs.shape == (CYCLE, len(model.input_names))


def test_equal_days_need_no_scale(spindle):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 4)
    np.testing.assert_allclose(duty(worlds, week(model, [1, 1, 1]), SAMPLE_S).scale, 1.0, rtol=1e-9)
