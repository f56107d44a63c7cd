import pytest

from tests.physics.evaluate import evaluate


def test_it_follows_the_flow_and_costs_little_pressure():
    returned = evaluate("flow_meter", {"inlet.pressure_pa": 101_325.0 + 1e3, "time_constant_s": 2.0})
    assert returned["flow_m3_per_s"] == pytest.approx(2e-2 * 0.1, rel=1e-2)
    assert returned["felt_m3_per_s.rate"] == pytest.approx(returned["flow_m3_per_s"] / 2.0)


def test_gain_and_offset_shape_the_reading():
    returned = evaluate("flow_meter", {"felt_m3_per_s": 0.01, "gain_ratio": 1.1, "offset_m3_per_s": 0.002})
    assert returned["reading_m3_per_s"] == pytest.approx(0.013, abs=1e-6)
