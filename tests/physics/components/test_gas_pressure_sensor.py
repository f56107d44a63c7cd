import pytest

from tests.physics.evaluate import evaluate


def test_an_offset_of_one_atmosphere_makes_it_a_gauge():
    returned = evaluate("gas_pressure_sensor", {"felt_pa": 3e5, "offset_pa": -101_325.0})
    assert returned["reading_pa"] == pytest.approx(198_675.0, rel=1e-3)


def test_it_takes_no_flow():
    returned = evaluate("gas_pressure_sensor", {"tap.pressure_pa": 3e5})
    assert not [key for key in returned if "flow" in key]
