"""Expected values: limits of the friction law."""

import math

import pytest

from physics.laws import coulomb


def test_sliding_friction_is_dry_plus_viscous():
    assert float(coulomb.friction(0.2, dry=20.0, viscous=200.0, width=1e-4)) == pytest.approx(60.0)
    assert float(coulomb.friction(-0.2, dry=20.0, viscous=200.0, width=1e-4)) == pytest.approx(-60.0)


def test_at_rest_there_is_no_friction():
    assert float(coulomb.friction(0.0, dry=20.0, viscous=200.0, width=1e-4)) == 0.0


def test_breakaway_falls_by_e_at_the_stribeck_speed():
    force = float(coulomb.stribeck(0.01, dry=10.0, breakaway=14.0, speed=0.01, width=1e-6))
    assert force == pytest.approx(10.0 + 4.0 / math.e)


def test_two_sides_have_their_own_friction_and_both_resist():
    assert float(coulomb.two_sided(0.1, 22.0, 18.0, 1e-4)) == pytest.approx(22.0)
    assert float(coulomb.two_sided(-0.1, 22.0, 18.0, 1e-4)) == pytest.approx(-18.0)
