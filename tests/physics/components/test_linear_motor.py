from tests.physics.evaluate import evaluate


def test_force_follows_voltage():
    returned = evaluate("linear_motor", {"voltage_v": 2.0, "gain_n_per_v": 35.0, "rod.velocity_m_per_s": 0.1})
    assert returned["rod.force_n"] == -70.0
    assert returned["supplied_w"] == 7.0
