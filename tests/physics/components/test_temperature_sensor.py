import pytest

from tests.physics.evaluate import evaluate


def test_it_follows_the_body():
    returned = evaluate("temperature_sensor", {"tap.temperature_k": 303.15, "time_constant_s": 5.0})
    assert returned["felt_k.rate"] == pytest.approx(2.0)
    assert "tap.heat_flow_w" not in returned
