"""Use case: what no sensor shows: hidden states, wear and parameters over the last hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from twin.services import present
from twin.services.basis import stand_on
from twin.services.context import Context

Floats = NDArray[np.float64]

WORLDS = 64


@dataclass(frozen=True)
class Estimate:
    """Attributes: times_us [K]; names [N]; mean and spread [K, N] in SI, each as all readings of the stretch tell it;
    tags [S]; innovations [K, S], standardised; beside [S], what each tag reads beside the model at the end.
    """

    plant: str
    version: int
    times_us: NDArray[np.int64]
    names: tuple[str, ...]
    mean: Floats
    spread: Floats
    tags: tuple[str, ...]
    innovations: Floats
    beside: Floats


def estimate(
    context: Context, plant: str, *, time_us: int | None = None, worlds: int = WORLDS, seed: int = 0
) -> Estimate:
    """Follow the last hours and smooth them.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        time_us: End of the stretch, by default the end of the log.
        worlds: How many.
        seed: Of every draw.
    Raises: NotFound; NotReady, when there is no log.
    """
    basis = stand_on(context, plant)
    times_us, found = present.course(context, plant, basis, count=worlds, seed=seed, time_us=time_us)
    assert found.course is not None
    return Estimate(
        plant,
        basis.version_number,
        times_us,
        found.names,
        found.course.mean(axis=2),
        found.course.std(axis=2),
        basis.assembly.sensor_tags,
        found.innovations,
        found.disturbance.sum(axis=0).mean(axis=1),
    )
