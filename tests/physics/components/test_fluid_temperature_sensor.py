import pytest

from tests.physics.evaluate import evaluate


def test_it_goes_to_the_temperature_of_the_stream():
    returned = evaluate("fluid_temperature_sensor", {"tap.enthalpy_j_per_kg": 4182.0 * 40.0, "time_constant_s": 5.0})
    assert returned["felt_k.rate"] == pytest.approx((313.15 - 293.15) / 5.0)
    assert returned["reading_k"] == pytest.approx(293.15, abs=1e-3)
