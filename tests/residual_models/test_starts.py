from dataclasses import replace

import numpy as np
import pytest

from residual_models.starts import settle
from tests.twin import warm_block

TRUE = np.array([[warm_block.CAPACITY_J_PER_K], [warm_block.CONDUCTANCE_W_PER_K]])


def test_a_warm_start_is_found_from_the_first_samples():
    ready = warm_block.ready(start_k=312.0, noise_k=0.0)
    settled = settle(ready.runs, TRUE, ready.own, np.array([1.0]), 5)
    index = ready.model.state_names.index("block.heat.temperature_k")
    assert settled.records[0].start[index] == pytest.approx(312.0, abs=0.05)


def test_later_samples_do_not_enter():
    ready = warm_block.ready(start_k=312.0, noise_k=0.0)
    changed = ready.runs.records[0].measured
    before = settle(ready.runs, TRUE, ready.own, np.array([1.0]), 5).records[0].start
    changed[5:] = 0.0
    np.testing.assert_array_equal(settle(ready.runs, TRUE, ready.own, np.array([1.0]), 5).records[0].start, before)


def test_without_free_starts_nothing_changes():
    ready = warm_block.ready(samples=40)
    assert settle(ready.runs, TRUE, None, np.array([1.0]), 5) is ready.runs


def test_first_samples_are_trusted_as_closely_as_their_noise_allows():
    ready = warm_block.ready(start_k=312.0, noise_k=0.0)
    index = ready.model.state_names.index("block.heat.temperature_k")
    wide = np.array([100.0])
    errors = [
        abs(settle(replace(ready.runs, noise=np.array([sd])), TRUE, ready.own, wide, 5).records[0].start[index] - 312.0)
        for sd in (0.0, 0.01)
    ]
    assert errors[0] > 0.1 > 0.01 > errors[1]
