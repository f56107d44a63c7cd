import pytest

from tests.physics.evaluate import evaluate


def test_it_follows_the_target_within_its_time_constant():
    returned = evaluate("position_sensor", {"target.value": 0.2, "felt_m": 0.1, "time_constant_s": 1e-3})
    assert returned["felt_m.rate"] == pytest.approx(100.0)
    assert returned["reading_m"] == pytest.approx(0.1, abs=1e-3)
