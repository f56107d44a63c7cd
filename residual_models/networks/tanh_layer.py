"""Weights of the networks that the engine runs inside a law: their names, priors and first values.

The output weights start at zero, so training begins at pure physics; all others start at random, one draw per member,
so that members see the features differently. The priors let physics keep what it can explain. Weights that must
not be negative, so that a declared trend holds, are bounded there and drawn above.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import log

import numpy as np

from physics.compiler import memory
from physics.compiler.perceptron import Perceptron
from physics.network.plant import Network
from physics.simulate.model import Model
from residual_models.dataset import Numbers
from residual_models.levenberg import Array

INPUT_SD = 3.0
"""Prior of input weights and biases: a tanh turns within a third of a feature's usual range. Chosen on the training
records' left-out stretches (tanks, V): 1.5 gives 0.45, 3 gives 0.30, 5 gives 0.41."""

OUTPUT_SD = 0.5
"""Prior of output weights; together six give a correction of about its allowed half range."""

OUTPUT_SUM_SD = OUTPUT_SD * 6**0.5
"""The same for a last layer of any width, over the root of its inputs."""

CODE_SD = 1.0
"""Prior of the numbers by which parts with shared weights differ: of order one, as features are."""

MEMORY_SD, TIME_SD, MEMORY_SAMPLES = 2.0, 1.5, 5.0
"""Priors of a memory: weights of order one, as what they weigh; the logarithm of its shortest time, some five samples
within a factor of four or so."""

MEMORY = (f"{memory.CANDIDATE}_", f"{memory.GATE}_", f"{memory.TIME}_")
"""How the local names of a memory's weights begin."""

OUTPUTS = ("w2_", "b2", "y")
"""How the local names of output weights begin."""

UNTRAINED = ("low_", "high_", "member")
"""What a key has beside its weights: the box of features, and which set of weights a world has."""


def weights_of(model: Model, networks: tuple[Network, ...], *, sample_s: float = 1.0) -> Numbers:
    """Names and priors of every trainable weight of a compiled plant; the feature box is not trained.

    Args:
        model: The plant.
        networks: Its corrections.
        sample_s: Seconds between samples of the log: a memory is believed to last some of them.
    """
    found: dict[str, tuple[float, float]] = {}
    for key in sorted({network.key for network in networks}):
        first = next(network for network in networks if network.key == key)
        local = [n.removeprefix(f"{key}.") for n in model.parameter_names if n.startswith(f"{key}.")]
        recalled = [name for name in local if name.startswith(MEMORY)]
        trained = [name for name in local if not name.startswith((*UNTRAINED, *MEMORY))]
        inputs = sum(name.startswith("low_") for name in local) + first.codes + first.memory
        sds = _layer_sds(inputs, first.layers) if first.layers else map(_one_layer_sd, trained)
        found |= {f"{key}.{name}": (0.0, sd) for name, sd in zip(trained, sds, strict=True)}
        found |= {f"{key}.{name}": _recalled(name, sample_s) for name in recalled}
    found |= {name: (0.0, CODE_SD) for network in networks for name in network.code_names}
    low = np.array([0.0 if name in model.signs else -np.inf for name in found])
    mean, sd = np.array(list(found.values()), np.float64).reshape(-1, 2).T
    return Numbers(tuple(found), mean, sd, low, np.full(len(found), np.inf))


def _recalled(name: str, sample_s: float) -> tuple[float, float]:
    """Prior mean and spread of a memory's weight."""
    return (log(MEMORY_SAMPLES * sample_s), TIME_SD) if name.startswith(memory.TIME) else (0.0, MEMORY_SD)


def _one_layer_sd(name: str) -> float:
    return OUTPUT_SD if name.startswith(OUTPUTS) else INPUT_SD


def _layer_sds(features: int, layers: tuple[int, ...]) -> Iterator[float]:
    """Weight by weight: what one layer hands to the next stays of order one, as the first layer's inputs are."""
    sizes = Perceptron((features, *layers, 1)).sizes
    for k, (inner, outer) in enumerate(pairwise(sizes)):
        last = k + 2 == len(sizes)
        spread = INPUT_SD if k == 0 else (OUTPUT_SUM_SD if last else 1.0) / inner**0.5
        yield from [spread] * ((inner + 1) * outer)


def first_weights(weights: Numbers, members: int, seed: int) -> Array:
    """Start values [R, M]: random where features enter, zero where the value comes out."""
    draws = np.random.default_rng(seed).normal(size=(len(weights), members)) * weights.sd[:, None]
    draws = weights.mean[:, None] + draws
    draws = np.where(weights.low[:, None] < 0.0, draws, np.abs(draws))
    outputs = np.array([name.rsplit(".", 1)[-1].startswith(OUTPUTS) for name in weights.names], bool)
    return np.where(outputs[:, None], 0.0, draws)
