"""Expected values: affinity laws and the crossing of fan and duct curve by hand."""

import pytest

from tests.physics.evaluate import evaluate

FAN = {
    "speed_nominal_rad_per_s": 150.0, "pressure_shutoff_pa": 1200.0, "flow_max_m3_per_s": 2.0, "duct_ratio": 1.0,
    "disc_torque_n_m": 1.0, "drag_n_m_s": 1e-3, "shaft.speed_rad_per_s": 150.0,
}  # fmt: skip


def test_it_works_where_its_curve_meets_the_ducts():
    returned = evaluate("fan", FAN)
    flow = returned["flow_m3_per_s"]
    assert flow == pytest.approx(2.0 / 2**0.5)
    assert returned["pressure_rise_pa"] == pytest.approx(1200.0 * (1 - (flow / 2.0) ** 2), rel=1e-5)
    assert returned["pressure_rise_pa"] == pytest.approx(1200.0 * (flow / 2.0) ** 2, rel=1e-5)


def test_half_the_speed_takes_an_eighth_of_the_air_power():
    full, half = (evaluate("fan", FAN | {"shaft.speed_rad_per_s": w, "drag_n_m_s": 0.0}) for w in (150.0, 75.0))
    assert half["flow_m3_per_s"] == pytest.approx(full["flow_m3_per_s"] / 2)
    assert half["shaft_power_w"] == pytest.approx(full["shaft_power_w"] / 8, rel=1e-4)


def test_a_shut_damper_leaves_shut_off_pressure_and_disc_friction():
    shut = evaluate("fan", FAN | {"damper_ratio": 0.0})
    assert shut["flow_m3_per_s"] == 0.0
    assert shut["pressure_rise_pa"] == pytest.approx(1200.0, rel=1e-5)
    assert shut["shaft.torque_n_m"] == pytest.approx(1.0 + 0.15, rel=1e-5)


def test_fouled_blades_move_less_air():
    fouled = evaluate("fan", FAN | {"fouling_ratio": 0.2, "fouling_per_m3": 1e-6})
    assert fouled["flow_m3_per_s"] == pytest.approx(2.0 / (1.44 + 1.0) ** 0.5)
    assert fouled["fouling_ratio.rate"] == pytest.approx(1e-6 * fouled["flow_m3_per_s"])
