from dataclasses import replace

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.twin.records.test_model_document import VERSION
from twin.prediction.worlds import draw
from twin.records.model import Residual

BLOCK = Plant((Part("block", "heat_capacity"), Part("wall", "conductance"), Part("hall", "ambient")),
              (("block.heat", "wall.a"), ("wall.b", "hall.heat")))  # fmt: skip
NAMES = ("block.heat_capacity_j_per_k", "wall.conductance_w_per_k")
MEMBERS = np.array([[900.0, 4.0], [1000.0, 5.0], [1100.0, 6.0]])


def hybrid():
    """Physics alone took the bend for a smaller conductance; the members, trained with it, know better."""
    calibration = replace(
        VERSION.calibration, names=NAMES, values=np.array([1500.0, 2.0]), spread=np.array([10.0, 0.1]),
        correlation=np.array([[1.0, -0.5], [-0.5, 1.0]]),
    )  # fmt: skip
    return replace(VERSION, calibration=calibration, residual=Residual((), np.zeros((3, 0)), NAMES, MEMBERS))


def test_without_a_residual_physics_is_believed():
    assert VERSION.posterior is VERSION.calibration


def test_a_hybrid_believes_its_members_and_their_disagreement():
    found = hybrid().posterior
    np.testing.assert_allclose(found.values, [1000.0, 5.0])
    # Variances of 900, 1000, 1100 and of 4, 5, 6 about their means: 2/3 of 100² and of 1².
    np.testing.assert_allclose(found.spread**2, [10.0**2 + 2e4 / 3, 0.1**2 + 2 / 3])
    covariance = found.correlation[0, 1] * found.spread.prod()
    assert covariance == pytest.approx(-0.5 * 10.0 * 0.1 + 200.0 / 3)


def test_a_number_without_any_spread_has_no_correlation():
    version = hybrid()
    exact = replace(version.calibration, spread=np.zeros(2), correlation=np.eye(2))
    one = Residual((), np.zeros((1, 0)), NAMES[:1], np.array([[900.0]]))
    found = replace(version, calibration=exact, residual=one).posterior
    np.testing.assert_array_equal(found.values, [900.0, 2.0])
    np.testing.assert_array_equal(found.correlation, np.eye(2))


def test_worlds_are_drawn_from_what_is_believed():
    version, count = hybrid(), 6000
    worlds = draw(compile_plant(BLOCK, ()), version.calibration, version.residual, free=(), worlds=count, seed=0)
    wanted = version.posterior
    # Standard errors of 6,000 draws: 1.3 % of a deviation for the mean, 0.9 % for the deviation; four of them.
    np.testing.assert_allclose((worlds.draws.mean(axis=1) - wanted.values) / wanted.spread, 0.0, atol=0.052)
    np.testing.assert_allclose(worlds.draws.std(axis=1), wanted.spread, rtol=0.037)
    assert np.corrcoef(worlds.draws)[0, 1] == pytest.approx(wanted.correlation[0, 1], abs=0.02)
