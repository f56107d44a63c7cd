"""Expected values: exp(-jωT), and Padé's coefficients by scipy from the series of the exponential."""

from math import factorial

import numpy as np
import pytest
from scipy.interpolate import pade

from tests.physics.evaluate import evaluate

STATES = [f"inner{k}_ratio" for k in range(4)]


def transfer(angle):
    """Output over input at s T = j angle, from the law's own matrices (T = 1 s)."""

    def law(**changes):
        found = evaluate("delay", {"dead_time_s": 1.0, **changes})
        return np.array([found[f"{name}.rate"] for name in STATES] + [found["out.value"]])

    columns = np.array([law(**{name: 1.0}) for name in STATES]).T
    driven = law(**{"heard.value": 1.0})
    return columns[4] @ np.linalg.solve(1j * angle * np.eye(4) - columns[:4], driven[:4]) + driven[4]


@pytest.mark.parametrize(
    ("angle", "phase_deg", "gain"), [(0.5, 0.01, 1e-5), (2.0, 0.01, 1e-3), (3.0, 0.1, 4e-3), (4.0, 0.8, 0.023)]
)
def test_it_delays_a_sine_within_its_valid_range(angle, phase_deg, gain):
    ratio = transfer(angle) / np.exp(-1j * angle)
    assert abs(np.degrees(np.angle(ratio))) < phase_deg
    assert abs(abs(ratio) - 1) < gain


@pytest.mark.parametrize("angle", [0.3, 3.0, 20.0])
def test_it_is_the_pade_approximant(angle):
    top, bottom = pade([(-1) ** k / factorial(k) for k in range(8)], 4, 3)
    assert transfer(angle) == pytest.approx(top(1j * angle) / bottom(1j * angle), rel=1e-9)


def test_a_constant_passes_unchanged():
    assert abs(transfer(0.0)) == pytest.approx(1.0)
