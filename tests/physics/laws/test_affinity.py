"""Expected values: the two points that define the curve, affinity laws, energy."""

import pytest

from physics.laws import affinity

SHUTOFF_PA, FLOW_MAX, OMEGA = 2e5, 4e-3, 150.0


def flow(speed_ratio, rise_pa):
    return float(affinity.flow_m3_per_s(affinity.driving_ratio(speed_ratio, rise_pa, SHUTOFF_PA), FLOW_MAX))


def test_shut_off_head_stops_the_flow_and_no_head_gives_the_largest():
    assert flow(1.0, SHUTOFF_PA) == pytest.approx(0.0, abs=1e-4 * FLOW_MAX)
    assert flow(1.0, 0.0) == pytest.approx(FLOW_MAX, rel=1e-5)


@pytest.mark.parametrize("n", [0.5, 0.8, 1.2])
def test_flow_goes_with_speed_and_head_with_its_square(n):
    assert flow(n, n**2 * 1.2e5) == pytest.approx(n * flow(1.0, 1.2e5), rel=1e-4)


def test_impeller_power_covers_head_and_hydraulic_loss():
    rise = 1.2e5
    q = flow(1.0, rise)
    power = float(affinity.impeller_torque_n_m(1.0, q, SHUTOFF_PA, OMEGA)) * OMEGA
    loss = SHUTOFF_PA * q**3 / FLOW_MAX**2
    assert power == pytest.approx(rise * q + loss, rel=1e-4)


def test_disc_friction_opposes_turning():
    assert float(affinity.disc_torque_n_m(-1.0, 0.5)) == pytest.approx(-0.5, rel=1e-5)
