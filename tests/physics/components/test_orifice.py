"""Expected values: Torricelli."""

import math

import pytest

from tests.physics.evaluate import evaluate

DROP_PA = 998.2 * 9.80665 * 0.5


def test_half_a_metre_of_water():
    returned = evaluate("orifice", {"inlet.pressure_pa": 101_325.0 + DROP_PA, "area_m2": 1e-4, "discharge_ratio": 0.62})
    assert returned["flow_m3_per_s"] == pytest.approx(0.62e-4 * math.sqrt(2 * 9.80665 * 0.5), rel=1e-6)
    assert returned["extra_outflow_ratio.features_0"] == pytest.approx(1.0)


def test_a_learned_share_scales_the_flow():
    changes = {"inlet.pressure_pa": 101_325.0 + DROP_PA}
    plain = evaluate("orifice", changes)["flow_m3_per_s"]
    assert evaluate("orifice", changes | {"extra_outflow_ratio": 0.1})["flow_m3_per_s"] == pytest.approx(1.1 * plain)
