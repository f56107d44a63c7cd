import pytest

from tests.physics.evaluate import evaluate


def test_heat_flows_from_warm_to_cold_in_proportion():
    returned = evaluate("conductance", {"a.temperature_k": 303.15, "conductance_w_per_k": 10.0})
    assert returned["a.heat_flow_w"] == pytest.approx(100.0)
    assert returned["b.heat_flow_w"] == pytest.approx(-100.0)


def test_a_correction_scales_the_path_and_moves_no_heat_at_equal_temperature():
    assert evaluate("conductance", {"extra_conductance_ratio": 0.5})["a.heat_flow_w"] == 0.0
    warm = evaluate("conductance", {"a.temperature_k": 303.15, "extra_conductance_ratio": 0.5})
    assert warm["a.heat_flow_w"] == pytest.approx(150.0)
