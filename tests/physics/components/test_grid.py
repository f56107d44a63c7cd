import pytest

from tests.physics.evaluate import evaluate


def test_it_holds_voltage_and_frequency_and_counts_power():
    returned = evaluate("grid", {"line.current_a": -20.0, "voltage_v": 400.0, "frequency_hz": 50.0})
    assert returned["line.voltage_v"] == 400.0
    assert returned["frequency.value"] == 50.0
    assert returned["power_w"] == pytest.approx(8000.0)
