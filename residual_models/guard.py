"""Where a residual may be trusted: the box of features that training saw.

The box becomes parameters of the law ("<key>.low_0", "<key>.high_0"): outside of it the engine itself fades the
correction to zero, in a what-if as in a free run, and physics goes on alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from physics.network.plant import Network
from physics.simulate.model import Model
from residual_models.levenberg import Array

MIN_WIDTH = 0.05
"""Smallest width of a box, in units of a feature of order one: an input that never moved gives no point-like box."""


def feature_paths(model: Model, networks: Sequence[Network]) -> dict[str, tuple[str, int]]:
    """Observable path of every feature of every learned correction, with its key and index."""
    found = {}
    for network in networks:
        count = sum(name.startswith(f"{network.key}.low_") for name in model.parameter_names)
        for index in range(count):
            found[f"{network.part}.{network.correction}.feature_{index}"] = (network.key, index)
    return found


def box(features: Mapping[str, tuple[str, int]], seen: Array) -> dict[str, float]:
    """The smallest box around what was seen.

    Args:
        features: As `feature_paths` gives them, in the order of the columns.
        seen: Values of the features during training, shape [N, columns]; NaN rows are left out.
    Returns: Parameter name to value.
    """
    found: dict[str, float] = {}
    for (key, index), values in zip(features.values(), seen.T, strict=True):
        known = values[np.isfinite(values)]
        if len(known) == 0:
            continue
        low_name, high_name = f"{key}.low_{index}", f"{key}.high_{index}"
        found[low_name] = min(found.get(low_name, np.inf), float(known.min()))
        found[high_name] = max(found.get(high_name, -np.inf), float(known.max()))
    for low_name in [name for name in found if ".low_" in name]:
        high_name = low_name.replace(".low_", ".high_")
        missing = MIN_WIDTH - (found[high_name] - found[low_name])
        if missing > 0:
            found[low_name] -= missing / 2
            found[high_name] += missing / 2
    return found


def in_support(features: Mapping[str, tuple[str, int]], seen: Array, limits: Mapping[str, float]) -> NDArray[np.bool_]:
    """Whether every feature lies in its box, shape [T]."""
    inside = np.ones(len(seen), bool)
    for (key, index), values in zip(features.values(), seen.T, strict=True):
        low, high = limits.get(f"{key}.low_{index}", -np.inf), limits.get(f"{key}.high_{index}", np.inf)
        inside &= (values >= low) & (values <= high)
    return inside
