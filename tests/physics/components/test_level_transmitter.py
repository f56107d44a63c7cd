import pytest

from tests.physics.evaluate import evaluate


@pytest.mark.parametrize(("level", "voltage"), [(0.42, 4.7), (1.5, 10.0)])
def test_the_voltage_is_a_line_that_clips(level, voltage):
    changes = {"felt_m": level, "gain_v_per_m": 10.0, "offset_v": 0.5}
    assert evaluate("level_transmitter", changes)["reading_v"] == pytest.approx(voltage, abs=0.01)


def test_a_curved_characteristic_keeps_the_gain_at_its_middle():
    curved = {"gain_v_per_m": 8.0, "curvature_per_m": 0.5, "middle_level_m": 0.5}
    at = {level: float(evaluate("level_transmitter", {**curved, "felt_m": level})["reading_v"]) for level in (0.4, 0.5)}
    assert at[0.5] == pytest.approx(4.0, abs=0.01)
    assert at[0.4] == pytest.approx(8.0 * (0.4 + 0.5 * 0.1**2), abs=0.01)


def test_inside_its_play_the_float_does_not_move():
    still = {"felt_m": 0.5, "play_m": 0.1, "tap.pressure_pa": 101_325.0 + 998.2 * 9.80665 * 0.52}
    assert evaluate("level_transmitter", still)["felt_m.rate"] == pytest.approx(0.0, abs=1e-3)
    moved = {**still, "tap.pressure_pa": 101_325.0 + 998.2 * 9.80665 * 0.60, "time_constant_s": 2.0}
    assert evaluate("level_transmitter", moved)["felt_m.rate"] == pytest.approx(0.025, abs=1e-3)
