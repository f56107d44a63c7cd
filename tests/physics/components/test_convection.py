"""Expected values: power laws of natural and forced convection by hand, Churchill's sum of cubes."""

import pytest

from tests.physics.evaluate import evaluate


def transfer(difference_k, **changes):
    found = evaluate("convection", {"surface.temperature_k": 293.15 + difference_k} | changes)
    return float(found["heat_flow_w"]) / difference_k


def test_in_still_air_transfer_grows_with_the_fourth_root():
    assert transfer(10.0) == pytest.approx(5.0, rel=1e-3)
    assert transfer(160.0) == pytest.approx(10.0, rel=1e-3)
    assert transfer(-10.0) == pytest.approx(5.0, rel=1e-3)


def test_wind_takes_over():
    assert transfer(10.0, velocity_m_per_s=5.0, natural_w_per_m2_k=0.0) == pytest.approx(20.0, rel=1e-3)
    doubled = transfer(10.0, velocity_m_per_s=10.0, natural_w_per_m2_k=0.0)
    assert doubled == pytest.approx(20.0 * 2**0.8, rel=1e-3)


def test_both_add_as_cubes():
    mixed = transfer(10.0, velocity_m_per_s=5.0, natural_w_per_m2_k=20.0)
    assert mixed == pytest.approx(20.0 * 2 ** (1 / 3), rel=1e-3)


def test_dirt_doubles_the_resistance_and_grows():
    assert transfer(10.0, dirt_ratio=1.0) == pytest.approx(2.5, rel=1e-3)
    assert evaluate("convection", {"dirt_per_s": 1e-8})["dirt_ratio.rate"] == 1e-8
