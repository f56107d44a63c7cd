"""Expected values: Archard's proportionality."""

import pytest

from physics.laws import archard


def test_wear_is_proportional_to_friction_work():
    assert archard.wear_rate_per_s(1e-9, 200.0) == pytest.approx(2e-7)


def test_without_rubbing_nothing_wears():
    assert archard.wear_rate_per_s(1e-9, 0.0) == 0.0
