import pytest

from tests.physics.evaluate import evaluate


@pytest.mark.parametrize(("level", "voltage"), [(0.42, 4.7), (1.5, 10.0)])
def test_the_voltage_is_a_line_that_clips(level, voltage):
    changes = {"felt_m": level, "gain_v_per_m": 10.0, "offset_v": 0.5}
    assert evaluate("level_transmitter", changes)["reading_v"] == pytest.approx(voltage, abs=0.01)
