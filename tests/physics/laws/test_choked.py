"""Expected values: ISO 6358 by hand, the exact isentropic nozzle, symmetry."""

import numpy as np
import pytest
import sympy as sp

from physics.laws import choked

C, B = 2e-8, 0.3
A, D, T, U = sp.symbols("a d t u", real=True)
FLOW = sp.lambdify((A, D, T, U), choked.mass_flow_kg_per_s(C, B, A, D, T, U), "numpy")


def test_below_the_critical_ratio_flow_follows_upstream_pressure_alone():
    assert FLOW(6e5, 1e5, 293.15, 293.15) == pytest.approx(C * 1.185 * 6e5, rel=1e-4)
    assert FLOW(6e5, 1.7e5, 293.15, 293.15) == pytest.approx(C * 1.185 * 6e5, rel=1e-4)


def test_above_it_flow_follows_the_ellipse():
    by_hand = C * 1.185 * 6e5 * np.sqrt(293.15 / 350.0) * np.sqrt(1 - ((5 / 6 - B) / (1 - B)) ** 2)
    assert FLOW(6e5, 5e5, 350.0, 280.0) == pytest.approx(by_hand, rel=1e-4)


def test_backward_it_is_the_same_with_the_other_temperature():
    assert FLOW(5e5, 6e5, 280.0, 350.0) == pytest.approx(-FLOW(6e5, 5e5, 350.0, 280.0), rel=1e-12)


def test_equal_pressures_drive_nothing_and_the_slope_is_finite():
    assert FLOW(3e5, 3e5, 293.15, 293.15) == 0.0
    slope = (FLOW(3e5 + 1e-3, 3e5, 293.15, 293.15) - FLOW(3e5 - 1e-3, 3e5, 293.15, 293.15)) / 2e-3
    assert 0 < slope < C * 1.185 * 3e5


def test_more_pressure_never_means_less_flow():
    up = np.concatenate([np.linspace(1e4, 2e5, 4000), np.linspace(2e5, 9e5, 500)])
    assert np.min(np.diff(FLOW(up, 2e5, 293.15, 293.15))) >= 0.0


def test_a_hole_is_an_isentropic_nozzle():
    heat_ratio, gas = 1.4, 287.05
    found = float(choked.conductance_of_hole(1e-4, 1.0, heat_ratio, gas)) * 1.185
    assert float(choked.critical_ratio(heat_ratio)) == pytest.approx(0.52828, abs=1e-5)
    assert found == pytest.approx(1e-4 * 0.68473 / np.sqrt(gas * 293.15), rel=1e-4)
    ratio = np.linspace(0.5283, 1.0, 200)
    exact = np.sqrt(2 / (heat_ratio - 1) * (ratio ** (2 / heat_ratio) - ratio ** ((heat_ratio + 1) / heat_ratio)))
    largest = np.sqrt(2 / (heat_ratio - 1) * (0.52828 ** (2 / heat_ratio) - 0.52828 ** ((heat_ratio + 1) / heat_ratio)))
    ellipse = np.sqrt(1 - ((ratio - 0.52828) / (1 - 0.52828)) ** 2)
    assert np.max(np.abs(exact / largest - ellipse)) < 0.0016
