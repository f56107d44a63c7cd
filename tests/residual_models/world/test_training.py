"""A latent model learns a plant known in closed form, the same twice, and one that collapses is refused."""

import pytest
import torch

from residual_models.world.network import LatentWorld
from residual_models.world.signals import scale_of, standardised
from residual_models.world.training import Collapsed, Course, check, train
from tests.residual_models.world.lagging import trained, worlds


@pytest.fixture(scope="module")
def model():
    return trained()


def test_it_runs_freely_as_the_closed_form(model):
    surrogate, _, _ = model
    readings, truth, inputs = worlds(64, seed=5)
    run = surrogate.free_run(readings[:, :6], inputs[:, :6], inputs[:, 5:])
    away = abs(run - truth[:, 6:]) / surrogate.scale.span
    assert away.mean() < 0.02
    # persistence on the same worlds is ten times as far off
    assert abs(readings[:, 5:6] - truth[:, 6:]).mean() > 0.2


def test_gaps_are_bridged(model):
    surrogate, _, _ = model
    readings, truth, inputs = worlds(64, seed=6)
    past = readings[:, :6].copy()
    past[:, 4:, 0] = float("nan")
    run = surrogate.free_run(past, inputs[:, :6], inputs[:, 5:])
    assert (abs(run - truth[:, 6:]) / surrogate.scale.span).mean() < 0.03


def test_equal_seeds_give_equal_weights():
    first, second = (trained.__wrapped__(steps=5)[0].model.state_dict() for _ in range(2))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_a_model_that_says_the_same_of_everything_is_refused():
    readings, truth, inputs = worlds(32)
    signals = standardised(scale_of(truth, inputs), readings, truth, inputs)
    model = LatentWorld(2, 1, latent=8, hidden=16)
    with torch.no_grad():
        for value in model.encoder.parameters():
            value.zero_()
    with pytest.raises(Collapsed, match="with a spread of 0, need"):
        check(model, signals, torch.Generator().manual_seed(0))


def test_progress_is_told():
    told = []
    readings, truth, inputs = worlds(32)
    signals = standardised(scale_of(truth, inputs), readings, truth, inputs)
    torch.manual_seed(0)
    train(LatentWorld(2, 1, latent=8, hidden=16), signals, Course(steps=101), lambda share, text: told.append(share))
    assert told == [0.0, 50 / 101, 100 / 101]
