"""Expected values: strain over stiffness for creep, Euler's ratio for slip, by hand."""

import numpy as np
import pytest

from tests.physics.evaluate import evaluate

BELT = {
    "radius_in_m": 0.05, "radius_out_m": 0.15, "tension_n": 400.0, "friction_ratio": 0.5, "wrap_rad": np.pi,
    "stiffness_n": 6e4, "mass_kg_per_m": 0.0, "shaft_in.speed_rad_per_s": 150.0,
}  # fmt: skip


def turning(creep, **changes):
    """At a belt speed of 7.5 m/s at the driving pulley."""
    return evaluate("belt_drive", BELT | {"shaft_out.speed_rad_per_s": 50.0 * (1 - creep)} | changes)


def test_creep_is_strain():
    returned = turning(0.002)
    assert returned["force_n"] == pytest.approx(6e4 * 0.002, rel=2e-3)  # creep over the mean speed: 1 + s / 2
    assert returned["shaft_in.torque_n_m"] == pytest.approx(0.05 * returned["force_n"])
    assert returned["shaft_out.torque_n_m"] == pytest.approx(-0.15 * returned["force_n"])


def test_beyond_eulers_ratio_it_slips():
    force_n = turning(0.2)["force_n"]
    assert (400.0 + force_n / 2) / (400.0 - force_n / 2) == pytest.approx(np.exp(0.5 * np.pi), rel=3e-3)


def test_a_slack_belt_slips_earlier_and_slip_slackens_it():
    assert turning(0.2, slack_ratio=0.25)["force_n"] == pytest.approx(0.75 * turning(0.2)["force_n"], rel=1e-3)
    slipping = turning(0.2, wear_per_j=1e-8)
    assert slipping["slack_ratio.rate"] == pytest.approx(1e-8 * slipping["force_n"] * 1.5)


def test_standing_it_pulls_nothing():
    assert evaluate("belt_drive", {})["force_n"] == 0.0
