import pytest

from tests.physics.evaluate import evaluate


def test_the_shunt_turns_voltage_into_current():
    returned = evaluate("current_sensor", {"plus.voltage_v": 0.5, "shunt_ohm": 0.01})
    assert returned["plus.current_a"] == pytest.approx(50.0)
    assert returned["lost_w"] == pytest.approx(25.0)


def test_the_reading_is_what_it_felt_plus_its_offset():
    returned = evaluate("current_sensor", {"felt_a": 3.0, "offset_a": 0.5})
    assert returned["reading_a"] == pytest.approx(3.5, abs=0.02)


def test_noise_last_digit_and_dropout_reach_the_reading():
    felt = {"felt_a": 3.04, "noise_a": 0.02, "digit_a": 0.1, "range_low_a": -1.0, "range_high_a": 20.0}
    assert evaluate("current_sensor", felt)["out.value"] == pytest.approx(3.1, abs=1e-3)
    assert evaluate("current_sensor", felt | {"dropout_ratio": 1.0})["out.value"] == pytest.approx(-1.0)
