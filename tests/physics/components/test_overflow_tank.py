"""Expected values: the caught share of Poleni's overflow."""

import pytest

from tests.physics.evaluate import evaluate

FULL = {"level_m": 1.55, "rim_level_m": 1.5, "caught_ratio": 0.7}


def test_the_caught_share_goes_to_the_neighbour_with_its_heat():
    returned = evaluate("overflow_tank", FULL)
    caught = -0.7 * 998.2 * returned["overflow_m3_per_s"]
    assert returned["overflow.mass_flow_kg_per_s"] == pytest.approx(caught)
    assert returned["overflow.enthalpy_flow_w"] == pytest.approx(caught * 4182.0 * 20.0)


def test_the_tank_loses_all_of_it():
    returned = evaluate("overflow_tank", FULL | {"area_m2": 2.0})
    assert returned["level_m.rate"] == pytest.approx(-returned["overflow_m3_per_s"] / 2.0)


def test_below_the_rim_nothing_is_sent():
    returned = evaluate("overflow_tank", {"level_m": 1.0})
    assert returned["overflow.mass_flow_kg_per_s"] == pytest.approx(0.0, abs=1e-6)
