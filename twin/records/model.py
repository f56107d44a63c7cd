"""A calibrated model version of a plant and the gate's word on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.records.band import Band as Band
from twin.records.identifiability import Identifiability


class ModelStatus(StrEnum):
    """Where a model version stands; a plant has at most one champion."""

    CANDIDATE = "candidate"
    CHAMPION = "champion"
    REJECTED = "rejected"
    RETIRED = "retired"


@dataclass(frozen=True)
class Calibration:
    """Fitted parameters and start states of one scene revision.

    Attributes: names [P], each "<asset>.<parameter>" or "<asset>.<state>@start"; values and spread [P] in SI (posterior
    standard deviation); correlation [P, P]; noise_sd per tag; unidentifiable, pairs of names that trade off; rmse per
    tag of the free run on the fitting window; scene_revision; window, (start_us, end_us) it was fitted on;
    identifiability, what the log tells of the numbers, None where that was not looked at.
    """

    names: tuple[str, ...]
    values: NDArray[np.float64]
    spread: NDArray[np.float64]
    correlation: NDArray[np.float64]
    noise_sd: dict[str, float]
    rmse: dict[str, float]
    unidentifiable: tuple[tuple[str, str], ...]
    scene_revision: int
    window: tuple[int, int]
    identifiability: Identifiability | None = None

    def as_dict(self) -> dict[str, float]:
        """Value per name."""
        return dict(zip(self.names, map(float, self.values), strict=True))


@dataclass(frozen=True)
class Residual:
    """A trained ensemble of corrections: member weights on top of a calibration.

    Attributes: names [R] of the weights as the assembled physics plant knows them; weights [M, R], one row a member;
    parameter_names [P] and parameters [M, P], the physics parameters of each member (trained jointly); noise_sd, error
    per tag on samples that members had not seen; folder, where the safetensors file lies, relative to the home folder;
    digest, SHA-256 of that file.
    """

    names: tuple[str, ...]
    weights: NDArray[np.float64]
    parameter_names: tuple[str, ...]
    parameters: NDArray[np.float64]
    noise_sd: dict[str, float] = field(default_factory=dict)
    folder: str = ""
    digest: str = ""


@dataclass(frozen=True)
class GateReport:
    """Why a candidate was promoted or not, in figures.

    Attributes: promoted; verdict, one sentence for a plant engineer; scores, free-run RMSE per contender ("hybrid",
    "physics", "arx", "persistence", "champion") and tag on the never-trained window, "" being the scaled mean over
    tags; tests, each a named check with figures and pass or fail; window, (start_us, end_us) it was judged on.
    """

    promoted: bool
    verdict: str
    scores: dict[str, dict[str, float]]
    tests: tuple[dict[str, Any], ...]
    window: tuple[int, int]


@dataclass(frozen=True)
class ModelVersion:
    """One immutable model of a plant: calibration (of physics alone), optional residual, band, gate report, lineage."""

    plant: str
    version: int
    status: ModelStatus
    scene_revision: int
    calibration: Calibration
    residual: Residual | None
    band: Band
    gate: GateReport
    created_us: int
    parent: int | None = None
    provenance: dict[str, Any] = field(default_factory=dict)

    @property
    def posterior(self) -> Calibration:
        """What the version believes in service."""
        return believed(self.calibration, self.residual)


def believed(known: Calibration, residual: Residual | None) -> Calibration:
    """A calibration of physics alone, or, where a residual was trained jointly, its members' numbers.

    Equations: mean over the members, covariance of the calibration plus that of the members; the worlds of a forecast
    are drawn from the same mixture.
    """
    if residual is None:
        return known
    members = np.repeat(known.values[None, :], len(residual.parameters), axis=0)
    for column, name in enumerate(residual.parameter_names):
        if name in known.names:
            members[:, known.names.index(name)] = residual.parameters[:, column]
    apart = members - members.mean(axis=0)
    covariance = known.correlation * np.outer(known.spread, known.spread) + apart.T @ apart / len(apart)
    spread = np.sqrt(np.diag(covariance))
    scale = np.where(spread > 0.0, spread, 1.0)
    correlation = np.where(np.eye(len(spread), dtype=bool), 1.0, covariance / np.outer(scale, scale))
    noise_sd = known.noise_sd | residual.noise_sd
    return replace(known, values=members.mean(axis=0), spread=spread, correlation=correlation, noise_sd=noise_sd)
