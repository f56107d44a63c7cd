"""Expected values: Hooke's law and a dead zone by hand."""

import pytest

from tests.physics.evaluate import evaluate

SHAFT = {"stiffness_n_m_per_rad": 1000.0, "damping_n_m_s": 0.5}


def test_torque_is_stiffness_times_twist_plus_damping():
    twisted = SHAFT | {"twist_rad": 0.02, "shaft_in.speed_rad_per_s": 11.0, "shaft_out.speed_rad_per_s": 10.0}
    returned = evaluate("elastic_shaft", twisted)
    assert returned["shaft_in.torque_n_m"] == pytest.approx(20.5)
    assert returned["shaft_out.torque_n_m"] == pytest.approx(-20.5)
    assert returned["twist_rad.rate"] == pytest.approx(1.0)


@pytest.mark.parametrize(("twist", "torque"), [(0.005, 0.0), (0.03, 20.0), (-0.03, -20.0)])
def test_inside_its_play_it_is_free(twist, torque):
    returned = evaluate("elastic_shaft", SHAFT | {"twist_rad": twist, "play_rad": 0.02})
    assert returned["torque_n_m"] == pytest.approx(torque, abs=0.05)
