import pytest

from tests.physics.evaluate import evaluate


def test_too_warm_opens_the_cooling():
    changes = {"filtered_k": 295.15, "setpoint_k": 293.15, "gain_per_k": 0.1, "measured.value": 295.15}
    returned = evaluate("temperature_controller", changes)
    assert returned["out.value"] == pytest.approx(0.5 + 0.2, abs=1e-4)
    assert returned["integral_k.rate"] == pytest.approx(2.0 / 300.0, rel=1e-3)
