"""What a verification case is: an error of the engine against an independent reference, and how large it may be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from physics.network.plant import Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, Status, rollout

TIGHT_RTOL = 1e-8
"""Tolerance of the engine where a case is about the laws and not about the integrator."""


@dataclass(frozen=True)
class Case:
    """One line of the table.

    Attributes: name; reference, where the expected numbers come from; measure, what `error` returns; tolerance, the
    largest admissible error; why, the reason for that tolerance; error, runs the engine and the reference; slow, more
    than some seconds; shortfall, why a case is known to miss its tolerance; needs, packages of the extra "bench".
    """

    name: str
    reference: str
    measure: str
    tolerance: float
    why: str
    error: Callable[[], float]
    slow: bool = False
    shortfall: str = ""
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotYet:
    """A case that the engine cannot express today, and what is missing."""

    name: str
    reference: str
    reason: str


def simulate(
    plant: Plant,
    outputs: list[str],
    *,
    rows: int,
    sample_s: float,
    inputs: Mapping[str, Any] | None = None,
    types: Mapping[str, Any] | None = None,
    options: Options | None = None,
) -> NDArray[np.float64]:
    """One world's outputs, shape [T, S]; `inputs` by path, a number or a series [T]."""
    model = compile_plant(plant, outputs, types=types)
    driven = np.repeat(model.inputs[None], rows, axis=0)
    for path, value in (inputs or {}).items():
        driven[:, model.input_names.index(path)] = value
    run = rollout(model, inputs=driven, sample_s=sample_s, options=options or Options(rtol=TIGHT_RTOL))
    assert run.status[0] == Status.OK, f"{Status(run.status[0]).name} at {run.failed_at_s[0]} s"
    return run.outputs[:, :, 0]


def relative(found: Any, expected: Any, size: float = 0.0) -> float:
    """Largest difference over the size of what is expected (its largest magnitude, unless another is given)."""
    expected = np.asarray(expected, float)
    return float(np.max(np.abs(np.asarray(found) - expected)) / (size or np.max(np.abs(expected))))
