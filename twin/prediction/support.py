"""Says when a learned correction has left the data that it was trained on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from physics import catalogue
from physics.network.plant import Network
from twin.assembly.assembly import Assembly
from twin.prediction.worlds import Worlds

Floats = NDArray[np.float64]


def feature_paths(assembly: Assembly) -> tuple[str, ...]:
    """Quantity paths of every feature that a learned correction depends on."""
    return tuple(path for network in assembly.plant.corrections for path in _paths(network, assembly))


def in_support(worlds: Worlds, assembly: Assembly, outputs: Floats) -> NDArray[np.bool_]:
    """Whether every feature of every correction lies in its trained range, in most worlds.

    Args:
        worlds: Their parameters hold each feature's trained range.
        assembly: Names the corrections.
        outputs: All outputs of the model, shape [T, S, W].
    Returns: Shape [T]; True throughout where nothing is learned.
    """
    inside = np.ones((len(outputs), outputs.shape[2]), np.bool_)
    parameter = {name: index for index, name in enumerate(worlds.model.parameter_names)}
    for network in assembly.plant.corrections:
        for number, path in enumerate(_paths(network, assembly)):
            values = outputs[:, worlds.model.output_names.index(path)]
            low = worlds.parameters[parameter[f"{network.key}.low_{number}"]]
            high = worlds.parameters[parameter[f"{network.key}.high_{number}"]]
            inside &= (values >= low) & (values <= high)
    return np.asarray(inside.mean(axis=1) > 0.5)


def _paths(network: Network, assembly: Assembly) -> list[str]:
    kind = assembly.types[next(part.type for part in assembly.plant.parts if part.id == network.part)]
    features = kind().law(catalogue.symbols(kind))[f"{network.correction}.features"]
    return [f"{network.part}.{network.correction}.feature_{number}" for number in range(len(features))]
