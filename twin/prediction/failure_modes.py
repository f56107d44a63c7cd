"""Lists what can fail in a plant: which quantity of which part, and at what limit in each world."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.assembly.assembly import Assembly
from twin.prediction.worlds import Worlds


@dataclass(frozen=True)
class FailureMode:
    """One way in which a part fails.

    Attributes: asset; mode, in words; path, the quantity that is watched; limit, a number or the name of a parameter
    of the part; action that restores it.
    """

    asset: str
    mode: str
    path: str
    limit: float | str
    action: str


def modes_of(assembly: Assembly) -> tuple[FailureMode, ...]:
    """Every failure mode that the plant's component types declare, in the order of the parts."""
    return tuple(
        FailureMode(part.id, failure.mode, f"{part.id}.{failure.when}", failure.limit, failure.action)
        for part in assembly.plant.parts
        for failure in assembly.types[part.type].declaration.failures
    )


def limit_of(mode: FailureMode, worlds: Worlds) -> NDArray[np.float64]:
    """The limit in each world, shape [W]."""
    if isinstance(mode.limit, str):
        return np.asarray(worlds.parameters[worlds.model.parameter_names.index(f"{mode.asset}.{mode.limit}")])
    return np.full(worlds.count, float(mode.limit))
