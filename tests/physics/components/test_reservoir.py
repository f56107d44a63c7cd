from tests.physics.evaluate import evaluate


def test_it_fixes_pressure_and_temperature():
    returned = evaluate("reservoir", {"pressure_pa": 2e5, "temperature_k": 303.15, "outlet.mass_flow_kg_per_s": -5.0})
    assert returned == {"outlet.pressure_pa": 2e5, "outlet.enthalpy_j_per_kg": 4182.0 * 30.0}
