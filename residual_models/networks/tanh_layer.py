"""One hidden tanh layer: the network that the engine writes into a law.

The output weights start at zero, so training begins at pure physics; input weights and biases start at random, one
draw per member, so that members see the features differently. Output weights carry the prior that lets physics keep
what it can explain.
"""

from __future__ import annotations

import numpy as np

from physics.network.plant import Network
from physics.simulate.model import Model
from residual_models.dataset import Numbers
from residual_models.levenberg import Array

INPUT_SD = 3.0
"""Prior of input weights and biases: a tanh turns within a third of a feature's usual range. Chosen on the training
records' left-out stretches (tanks, V): 1.5 gives 0.45, 3 gives 0.30, 5 gives 0.41."""

OUTPUT_SD = 0.5
"""Prior of output weights; together six give a correction of about its allowed half range."""


def weights_of(model: Model, networks: tuple[Network, ...]) -> Numbers:
    """Names and priors of every trainable weight of a compiled plant; the feature box is not trained."""
    names, sds = [], []
    for key in sorted({network.key for network in networks}):
        for name in model.parameter_names:
            local = name.removeprefix(f"{key}.")
            if name == local or local.startswith(("low_", "high_")):
                continue
            names.append(name)
            sds.append(OUTPUT_SD if local.startswith(("w2_", "b2")) else INPUT_SD)
    infinite = np.full(len(names), np.inf)
    return Numbers(tuple(names), np.zeros(len(names)), np.array(sds), -infinite, infinite)


def first_weights(weights: Numbers, members: int, seed: int) -> Array:
    """Start values [R, M]: random where features enter, zero where the value comes out."""
    draws = np.random.default_rng(seed).normal(size=(len(weights), members)) * weights.sd[:, None]
    outputs = np.array([name.rsplit(".", 1)[-1].startswith(("w2_", "b2")) for name in weights.names], bool)
    return np.where(outputs[:, None], 0.0, draws)
