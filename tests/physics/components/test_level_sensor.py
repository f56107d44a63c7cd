import pytest

from tests.physics.evaluate import evaluate


def test_it_turns_pressure_into_level():
    pressure = 101_325.0 + 998.2 * 9.80665 * 0.8
    returned = evaluate("level_sensor", {"tap.pressure_pa": pressure, "felt_m": 0.3, "time_constant_s": 2.0})
    assert returned["felt_m.rate"] == pytest.approx((0.8 - 0.3) / 2.0)
    assert returned["reading_m"] == pytest.approx(0.3, abs=1e-3)
