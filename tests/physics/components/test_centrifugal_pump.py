"""Expected values: the two points of the curve, energy by hand, Archard wear of the ring, NPSH by hand."""

import pytest

from physics.laws import constants
from tests.physics.evaluate import evaluate

RUNNING = {"shaft.speed_rad_per_s": 150.0, "speed_nominal_rad_per_s": 150.0, "head_shutoff_m": 20.0}
SHUTOFF_PA = 998.2 * constants.GRAVITY_M_PER_S2 * 20.0


def run(rise_ratio, **changes):
    pressure = constants.ATMOSPHERE_PA + rise_ratio * SHUTOFF_PA
    return evaluate("centrifugal_pump", RUNNING | {"outlet.pressure_pa": pressure} | changes)


def test_without_head_it_gives_the_largest_flow():
    assert run(0.0)["flow_m3_per_s"] == pytest.approx(4e-3, rel=1e-4)


def test_at_shut_off_only_the_ring_leaks_back():
    assert run(1.0, ring_leak_m3_per_s=1e-4)["flow_m3_per_s"] == pytest.approx(-1e-4, rel=2e-3)


def test_a_worn_ring_costs_flow_and_wears_on():
    new, worn = run(0.5, wear_per_j=1e-9), run(0.5, wear_per_j=1e-9, ring_wear_ratio=2.0)
    leak = 1e-4 * 0.5**0.5
    assert new["flow_m3_per_s"] - worn["flow_m3_per_s"] == pytest.approx(2 * leak, rel=1e-3)
    assert new["ring_wear_ratio.rate"] == pytest.approx(1e-9 * leak * 0.5 * SHUTOFF_PA, rel=1e-3)


def test_a_learned_loss_of_half_again_costs_a_fifth_of_the_flow():
    plain, lossy = run(0.0), run(0.0, extra_loss_ratio=0.5)
    assert lossy["flow_m3_per_s"] / plain["flow_m3_per_s"] == pytest.approx(1.5**-0.5, rel=1e-3)


def test_losses_warm_the_casing():
    returned = run(0.5)
    loss = returned["shaft_power_w"] - 0.5 * SHUTOFF_PA * returned["flow_m3_per_s"]
    assert loss > 0
    assert returned["temperature_k.rate"] == pytest.approx(loss / (998.2 * 2e-3 * 4182.0), rel=1e-6)


def test_it_shakes_least_at_its_best_flow():
    shake = {rise: float(run(rise, ring_leak_m3_per_s=0.0)["vibration_m_per_s2"]) for rise in (0.0, 0.64, 0.95)}
    assert shake[0.64] == pytest.approx(1.0, rel=1e-3)  # flow ratio sqrt(1 - 0.64) = 0.6, the best-efficiency flow
    assert min(shake[0.0], shake[0.95]) > 1.1


def test_without_spare_suction_head_three_percent_of_the_head_are_lost():
    inlet = 2339.0 + 998.2 * constants.GRAVITY_M_PER_S2 * 0.5  # all that a pump without flow needs
    starved = run(0.0, **{"inlet.pressure_pa": inlet, "outlet.pressure_pa": inlet + SHUTOFF_PA})
    assert starved["suction_spare_m"] == pytest.approx(0.0, abs=5e-3)
    assert starved["head_left_ratio"] == pytest.approx(0.97, abs=1e-3)


def test_hot_water_offers_less_suction_head():
    cold, hot = run(0.5), run(0.5, **{"inlet.enthalpy_j_per_kg": 4182.0 * 90.0})
    lost = (70_182.0 - 2339.0) / (998.2 * constants.GRAVITY_M_PER_S2)  # steam tables, 90 and 20 degrees
    assert cold["suction_available_m"] - hot["suction_available_m"] == pytest.approx(lost, rel=0.03)


def test_a_starved_pump_gives_little_flow_and_takes_little_power():
    sound, starved = run(0.0), run(0.0, **{"inlet.pressure_pa": 3e3, "outlet.pressure_pa": 3e3})
    assert starved["suction_spare_m"] < -1.0
    assert starved["flow_m3_per_s"] < 0.5 * sound["flow_m3_per_s"]
    assert starved["shaft_power_w"] < 0.5 * sound["shaft_power_w"]
