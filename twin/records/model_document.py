"""A model version as plain JSON and back, all but the residual's weights, which lie in their own file."""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from twin.records.band import Band, TagError
from twin.records.identifiability import Direction, Identifiability, Remedy, TradeOff
from twin.records.model import Calibration, GateReport, ModelStatus, ModelVersion, Residual


def to_document(version: ModelVersion) -> dict[str, Any]:
    """JSON form; a number that is not finite becomes null."""
    residual = version.residual
    document = {
        "calibration": calibration_document(version.calibration),
        "residual": residual and {"folder": residual.folder, "digest": residual.digest},
        "band": band_document(version.band),
        "gate": vars(version.gate),
        "provenance": version.provenance,
    }
    plain: dict[str, Any] = _plain(document)
    return plain


def from_document(
    document: dict[str, Any],
    *,
    plant: str,
    version: int,
    status: str,
    scene_revision: int,
    created_us: int,
    parent: int | None,
    residual: Residual | None,
) -> ModelVersion:
    """The record again; `residual` is what its file gave, None where there is none or it is not asked for."""
    return ModelVersion(
        plant=plant,
        version=version,
        status=ModelStatus(status),
        scene_revision=scene_revision,
        calibration=calibration_of(document["calibration"]),
        residual=residual,
        band=band_of(document["band"]),
        gate=gate_of(document["gate"]),
        created_us=created_us,
        parent=parent,
        provenance=document["provenance"],
    )


def calibration_document(calibration: Calibration) -> dict[str, Any]:
    """JSON form of a calibration."""
    known = calibration.identifiability
    plain: dict[str, Any] = _plain({**vars(calibration), "identifiability": known and asdict(known)})
    return plain


def calibration_of(document: dict[str, Any]) -> Calibration:
    """A calibration from its JSON form."""
    count = len(document["names"])
    return Calibration(
        names=tuple(document["names"]),
        values=_array(document["values"]),
        spread=_array(document["spread"]),
        correlation=_array(document["correlation"]).reshape(count, count),
        noise_sd={tag: _number(value) for tag, value in document["noise_sd"].items()},
        rmse={tag: _number(value) for tag, value in document["rmse"].items()},
        unidentifiable=tuple((first, second) for first, second in document["unidentifiable"]),
        scene_revision=document["scene_revision"],
        window=(document["window"][0], document["window"][1]),
        identifiability=_identifiability(document.get("identifiability")),
    )


def _identifiability(document: dict[str, Any] | None) -> Identifiability | None:
    if document is None:
        return None
    pairs = tuple(TradeOff(**row) for row in document["pairs"])
    remedies = tuple(Remedy(**row) for row in document["remedies"])
    directions = tuple(
        Direction(tuple(row["names"]), tuple(row["weights"]), row["left"], row["text"])
        for row in document["directions"]
    )
    return Identifiability(document["independent"], directions, pairs, remedies)


def gate_of(document: dict[str, Any]) -> GateReport:
    """A gate report from its JSON form."""
    scores = {name: {tag: _number(value) for tag, value in row.items()} for name, row in document["scores"].items()}
    window = (document["window"][0], document["window"][1])
    return GateReport(document["promoted"], document["verdict"], scores, tuple(document["tests"]), window)


def gate_document(report: GateReport) -> dict[str, Any]:
    """JSON form of a gate report."""
    plain: dict[str, Any] = _plain(vars(report))
    return plain


def band_document(band: Band) -> dict[str, Any]:
    """JSON form of a band."""
    errors = {tag: vars(error) for tag, error in band.errors.items()}
    plain: dict[str, Any] = _plain({**vars(band), "errors": errors})
    return plain


def band_of(document: dict[str, Any]) -> Band:
    """A band from its JSON form; a missing number is an endless width."""
    width = {tag: tuple(_wide(value) for value in row) for tag, row in document["half_width"].items()}
    errors = {
        tag: TagError(error["noise_sd"], tuple(error["sd"]), tuple(error["memory_s"]))
        for tag, error in document.get("errors", {}).items()
    }
    return Band(document["level"], tuple(_wide(value) for value in document["horizons_s"]), width, errors)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, np.generic):
        return _plain(value.item())
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _array(values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    return np.array(values, np.float64)


def _number(value: float | None) -> float:
    return math.nan if value is None else float(value)


def _wide(value: float | None) -> float:
    return math.inf if value is None else float(value)
