from tests.physics.evaluate import evaluate


def test_it_holds_its_voltage_and_counts_what_it_gives():
    returned = evaluate("voltage_source", {"voltage_v": 24.0, "plus.current_a": -2.0})
    assert returned["plus.voltage_v"] == 24.0
    assert returned["power_w"] == 48.0
