"""A calibrated model version of a plant and the gate's word on it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray


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
    tag of the free run on the fitting window; scene_revision; window, (start_us, end_us) it was fitted on.
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


LEAST_GROWTH, MOST_GROWTH = 0.25, 1.0
"""Power of time with which an error grows where it was seen last: a stationary one ends at 0, a random walk has 0.5, a
steady force against viscous friction 1. Below the first it is taken for one that has ended, chance aside."""


@dataclass(frozen=True)
class TagError:
    """What a tag reads beside the model, white noise plus a slow part: sizes in the tag's SI unit, memory in seconds.

    Equations  error = v + b,  v white of noise_sd,  b_{t+Δ} = φ b_t + sd √(1 − φ²) n,  φ = exp(−Δ / memory_s)
    """

    noise_sd: float
    sd: float
    memory_s: float


@dataclass(frozen=True)
class Band:
    """Conformal half-widths per tag: the interval is prediction ± half_width at that lead.

    Attributes: level, e.g. 0.9; horizons_s, leads that were measured, rising, the last one infinite for a free run from
    a record's first samples; half_width per tag, shape [H], in the tag's SI unit; errors per tag, what the free run
    leaves unexplained, empty where a version was made before that was measured.
    """

    level: float
    horizons_s: tuple[float, ...]
    half_width: dict[str, tuple[float, ...]]
    errors: dict[str, TagError] = field(default_factory=dict)

    def at(self, tag: str, lead_s: NDArray[np.float64], *, followed: bool = True) -> NDArray[np.float64]:
        """Half-width of a tag at each lead [T]; NaN for a tag that the band does not know.

        Between measured leads it grows as a power of time. Beyond the last one it is at least the free run's, and an
        error that still grew there, as integrated ones do, grows on; so it is from the first moment on where nothing
        was followed before.

        Args:
            tag: Name of the tag.
            lead_s: Time since the last reading that entered.
            followed: Whether the log was followed up to there; False after a record's first samples alone.
        """
        lead = np.asarray(lead_s, np.float64)
        if tag not in self.half_width:
            return np.full(lead.shape, np.nan)
        *widths, free = self.half_width[tag]
        edges = np.array(self.horizons_s[:-1], np.float64)
        if not widths or not np.all(np.isfinite(widths)) or min(widths) <= 0.0:
            return np.full(lead.shape, free)
        log_width, log_edge = np.log(widths), np.log(edges)
        power = (log_width[-1] - log_width[-2]) / (log_edge[-1] - log_edge[-2]) if len(widths) > 1 else 0.0
        power = min(power, MOST_GROWTH) if power >= LEAST_GROWTH else 0.0
        log_lead = np.log(np.maximum(lead, edges[0]))
        grown = np.interp(log_lead, log_edge, log_width) + power * np.maximum(log_lead - log_edge[-1], 0.0)
        beyond = (lead > edges[-1]) | (not followed)
        return np.where(beyond, np.maximum(np.exp(grown), free), np.exp(grown))


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
