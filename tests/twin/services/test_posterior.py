import numpy as np
import pytest

from tests.twin import warm_block, warm_block_log
from tests.twin.warm_block_log import QUICK
from twin.services import models, posterior, recalibrate


def test_draws_of_a_nearly_linear_fit_agree_with_its_normal_approximation(context):
    warm_block_log.fill(context, samples=160)
    version = recalibrate.recalibrate(context, "warm-block", options=QUICK)
    found = posterior.sample(context, "warm-block", version=version.version, steps=60)
    known = models.get(context, "warm-block", version.version).calibration
    assert set(found.names) == set(known.names)
    half = (found.quantiles[:, 2] - found.quantiles[:, 0]) / 2
    true = np.array([warm_block.CAPACITY_J_PER_K, warm_block.CONDUCTANCE_W_PER_K])
    # The start from five samples is taken as exact, which adds about as much as the spread says; three times both.
    assert (np.abs(found.quantiles[:, 1] - true) < 3.0 * half).all()
    assert (np.abs(found.quantiles[:, 1] - found.values) < 3.0 * found.spread).all()
    np.testing.assert_allclose(half, 1.645 * found.spread, rtol=0.6)
    assert 0.2 < found.accepted < 0.95
    assert known.identifiability is not None
    assert set(known.identifiability.independent) == {"TT-1"}


def test_without_a_model_it_is_refused(context):
    warm_block_log.fill(context, samples=20)
    with pytest.raises(Exception, match="recalibrate"):
        posterior.sample(context, "warm-block")
