"""A plant of two lags in closed form: x follows its input with 5 samples, y = x + 2 u shows the input at once."""

from functools import lru_cache

import numpy as np
import torch

from residual_models.world.network import LatentWorld
from residual_models.world.signals import scale_of, standardised
from residual_models.world.surrogate import Surrogate
from residual_models.world.training import Course, train

DECAY = np.exp(-1 / 5.0)


def worlds(count, samples=40, seed=0, noise=0.01):
    """Readings, truth [W, T, 2] and inputs [W, T, 1]; inputs hold for some samples."""
    rng = np.random.default_rng(seed)
    inputs = np.repeat(rng.uniform(-1, 1, (count, samples // 4, 1)), 4, axis=1)
    x = np.empty((count, samples))
    x[:, 0] = rng.uniform(-1, 1, count)
    for k in range(samples - 1):
        x[:, k + 1] = DECAY * x[:, k] + (1 - DECAY) * inputs[:, k, 0]
    truth = np.stack([x, x + 2 * inputs[:, :, 0]], axis=2)
    return truth + noise * rng.normal(size=truth.shape), truth, inputs


@lru_cache
def trained(steps=200, seed=0):
    """A surrogate of it, and the worlds it learned from."""
    readings, truth, inputs = worlds(256)
    scale = scale_of(truth, inputs)
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    model = LatentWorld(2, 1, latent=8, hidden=32)
    train(model, standardised(scale, readings, truth, inputs), Course(steps=steps, batch=48, rate=8e-3, seed=seed))
    return Surrogate(model, scale, ("x", "y"), ("u",), 1.0), readings, inputs
