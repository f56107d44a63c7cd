import pytest

from tests.physics.evaluate import evaluate


def test_it_follows_the_shaft():
    returned = evaluate("speed_sensor", {"tap.speed_rad_per_s": 100.0, "time_constant_s": 0.05})
    assert returned["felt_rad_per_s.rate"] == pytest.approx(2000.0)
