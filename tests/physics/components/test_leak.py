"""Expected values: Torricelli."""

import math

import pytest

from tests.physics.evaluate import evaluate


def test_no_hole_no_leak():
    assert evaluate("leak", {"inlet.pressure_pa": 3e5})["flow_m3_per_s"] == 0.0


def test_a_square_millimetre_under_two_bar():
    returned = evaluate("leak", {"inlet.pressure_pa": 101_325.0 + 2e5, "area_m2": 1e-6})
    assert returned["flow_m3_per_s"] == pytest.approx(0.62e-6 * math.sqrt(2 * 2e5 / 998.2), rel=1e-6)
