from tests.physics.evaluate import evaluate


def test_it_gives_what_it_is_told():
    assert evaluate("heater", {"power_w": 750.0})["heat.heat_flow_w"] == -750.0
