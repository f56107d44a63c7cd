from tests.physics.evaluate import evaluate


def test_it_stores_kinetic_energy():
    returned = evaluate("inertia", {"inertia_kg_m2": 0.2, "shaft.speed_rad_per_s": 10.0})
    assert returned["shaft.storage"] == 0.2
    assert returned["kinetic_energy_j"] == 10.0
