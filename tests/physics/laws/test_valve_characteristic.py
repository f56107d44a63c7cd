"""Expected values: definition of Kv (flow at 1 bar), end points, equal percentage."""

import pytest

from physics.laws import valve_characteristic as valve


def test_flow_at_one_bar_is_the_coefficient():
    assert float(valve.flow_m3_per_s(2e-3, 1e5)) == pytest.approx(2e-3, rel=1e-6)


def test_flow_goes_with_the_root_of_the_pressure_drop():
    assert float(valve.flow_m3_per_s(2e-3, 4e5)) == pytest.approx(4e-3, rel=1e-6)


@pytest.mark.parametrize("rangeability", [1.01, 30.0, 50.0])
def test_a_shut_valve_is_tight_and_an_open_one_open(rangeability):
    assert valve.opening_share(0.0, rangeability) == 0.0
    assert valve.opening_share(1.0, rangeability) == pytest.approx(1.0)


def test_rangeability_near_one_is_linear():
    assert valve.opening_share(0.3, 1.01) == pytest.approx(0.3, abs=2e-3)


def test_each_step_of_opening_multiplies_the_slope_alike():
    slopes = [valve.opening_share(x + 1e-6, 30.0) - valve.opening_share(x, 30.0) for x in (0.2, 0.4, 0.6)]
    assert slopes[1] / slopes[0] == pytest.approx(slopes[2] / slopes[1], rel=1e-3)
