"""Windows tell values, gaps and ages; what is rolled out begins where it was."""

import torch

from residual_models.world.network import HISTORY, LatentWorld, ages


def test_ages_count_samples_since_a_tag_was_seen():
    masks = torch.tensor([[[True, False], [False, False], [False, True], [True, False]]])
    expected = torch.tensor([[[0.0, 4.0], [1.0, 4.0], [2.0, 0.0], [0.0, 1.0]]]) / 4
    assert torch.equal(ages(masks), expected)


def test_a_hidden_value_says_nothing():
    torch.manual_seed(0)
    model = LatentWorld(2, 1, latent=4, hidden=8)
    masks = torch.rand(5, HISTORY, 2) > 0.4
    values, inputs = torch.randn(5, HISTORY, 2), torch.randn(5, HISTORY, 1)
    other = torch.where(masks, values, torch.full_like(values, 1e6))
    assert torch.equal(model.encode(values, masks, inputs), model.encode(other, masks, inputs))


def test_unrolling_is_advancing_step_by_step():
    torch.manual_seed(0)
    model = LatentWorld(2, 1, latent=4, hidden=8)
    z, inputs = torch.randn(3, 4), torch.randn(3, 4, 1)
    rolled = model.unroll(z, inputs)
    assert rolled.shape == (3, 4, 4)
    assert torch.equal(rolled[:, 0], z)
    assert torch.equal(rolled[:, 2], model.advance(model.advance(z, inputs[:, 0]), inputs[:, 1]))
    assert model.decode(rolled, inputs).shape == (3, 4, 2)
