"""Expected values: kinetic energy, thin-ring stress and drag by hand."""

import pytest

from tests.physics.evaluate import evaluate

TURNING = {
    "inertia_kg_m2": 5.0, "bearing_torque_n_m": 0.2, "windage_torque_n_m": 0.5, "speed_nominal_rad_per_s": 300.0,
    "radius_m": 0.3, "density_kg_per_m3": 7850.0, "shaft.speed_rad_per_s": 150.0,
}  # fmt: skip


def test_it_stores_energy_and_strains_its_rim():
    returned = evaluate("flywheel", TURNING)
    assert returned["kinetic_energy_j"] == pytest.approx(56_250.0)
    assert returned["rim_stress_pa"] == pytest.approx(7850.0 * 45.0**2)
    assert returned["shaft.storage"] == 5.0


def test_air_and_bearings_brake_it():
    returned = evaluate("flywheel", TURNING)
    assert returned["shaft.torque_n_m"] == pytest.approx(0.2 + 0.125, rel=1e-4)
    assert returned["lost_w"] == pytest.approx(0.325 * 150.0, rel=1e-4)
