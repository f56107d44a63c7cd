import pytest

from tests.physics.evaluate import evaluate


def test_the_shunt_turns_voltage_into_current():
    returned = evaluate("current_sensor", {"plus.voltage_v": 0.5, "shunt_ohm": 0.01})
    assert returned["plus.current_a"] == pytest.approx(50.0)
    assert returned["lost_w"] == pytest.approx(25.0)


def test_the_reading_is_what_it_felt_plus_its_offset():
    returned = evaluate("current_sensor", {"felt_a": 3.0, "offset_a": 0.5})
    assert returned["reading_a"] == pytest.approx(3.5, abs=0.02)
