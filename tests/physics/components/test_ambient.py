from tests.physics.evaluate import evaluate


def test_its_temperature_does_not_depend_on_the_heat_it_takes():
    returned = evaluate("ambient", {"temperature_k": 300.0, "heat.heat_flow_w": 5e3})
    assert returned["heat.temperature_k"] == 300.0
    assert returned["heat_flow_w"] == returned["lost_w"] == 5e3
