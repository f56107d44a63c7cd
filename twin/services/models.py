"""Use cases of model versions: list them, look at one, get the champion, publish a new one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from sqlalchemy.exc import IntegrityError

from residual_models import artefact
from twin.errors import Conflict, NotFound, NotReady
from twin.records.model import ModelStatus, ModelVersion, Residual
from twin.records.model_document import from_document, to_document
from twin.services import plants
from twin.services.clock import now_us
from twin.services.context import Context
from twin.store import models
from twin.store.models import ModelRow

FOLDER = "models"
ATTEMPTS = 3
"""Two publishers at once are rare: the loser takes the next number and tries again."""


def list_models(context: Context, plant: str) -> tuple[ModelVersion, ...]:
    """All versions of a plant without their weights, newest first.

    Raises: NotFound, when there is no such plant.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        return tuple(_record(row, None) for row in models.listed(session, plant))


def get(context: Context, plant: str, version: int) -> ModelVersion:
    """One version with its weights.

    Raises: NotFound; NotReady, when its file is damaged.
    """
    plants.get(context, plant)
    with context.sessions() as session:
        row = models.find(session, plant, version)
    if row is None:
        raise NotFound("model version", f"{plant} {version}")
    return _record(row, _residual(context, row))


def champion(context: Context, plant: str) -> ModelVersion:
    """The version in service with its weights.

    Raises: NotFound, when there is no such plant; NotReady, when it has no champion yet.
    """
    found = champion_or_none(context, plant)
    if found is None:
        raise NotReady(f"plant {plant!r}: no model is in service yet. Run `twin recalibrate {plant}` first.")
    return found


def champion_or_none(context: Context, plant: str) -> ModelVersion | None:
    """The version in service with its weights, None before the first."""
    plants.get(context, plant)
    with context.sessions() as session:
        row = models.find_champion(session, plant)
    return None if row is None else _record(row, _residual(context, row))


def published(context: Context, plant: str, job: str) -> ModelVersion | None:
    """The version that a job published, None if it has not yet."""
    with context.sessions() as session:
        row = models.find_of_job(session, plant, job)
    return None if row is None else _record(row, _residual(context, row))


def publish(context: Context, version: ModelVersion, *, job: str) -> ModelVersion:
    """Write a version: first its file, then its row and, if it was promoted, the change of champion in one commit.

    Doing it again for the same job changes nothing. The version's number and creation time are set here.
    """
    before = published(context, version.plant, job)
    if before is not None:
        return before
    residual = version.residual
    if residual is not None:
        residual = _save(context, version.plant, job, residual)
    version = replace(version, residual=residual, created_us=now_us(context))
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with context.sessions.begin() as session:
                row = _row(version, job)
                models.add(session, row)
                return replace(version, version=row.version)
        except IntegrityError as error:
            done = published(context, version.plant, job)
            if done is not None:
                return done
            if attempt == ATTEMPTS:
                raise Conflict(f"plant {version.plant!r}: another model is being published. Try again.") from error
    raise AssertionError("unreachable: every attempt returns or raises")


def roll_back(context: Context, plant: str, *, champion: int, to: int) -> ModelVersion:
    """Put an older version back into service in place of the champion; once that is done, nothing more changes.

    Raises: NotFound, when there is no such version; Conflict, when another version is in service by now.
    """
    served = champion_or_none(context, plant)
    if served is None or served.version not in (champion, to):
        raise Conflict(f"plant {plant!r}: version {champion} is not in service any more. Look again.")
    found = get(context, plant, to)
    if served.version != to:
        with context.sessions.begin() as session:
            models.reinstate(session, plant, to)
    return replace(found, status=ModelStatus.CHAMPION)


def _row(version: ModelVersion, job: str) -> ModelRow:
    return ModelRow(
        plant=version.plant,
        version=0,
        status=version.status.value,
        scene_revision=version.scene_revision,
        created_us=version.created_us,
        parent=version.parent,
        job=job,
        document=to_document(version),
    )


def _record(row: ModelRow, residual: Residual | None) -> ModelVersion:
    return from_document(
        row.document,
        plant=row.plant,
        version=row.version,
        status=ModelStatus(row.status),
        scene_revision=row.scene_revision,
        created_us=row.created_us,
        parent=row.parent,
        residual=residual,
    )


def _save(context: Context, plant: str, job: str, residual: Residual) -> Residual:
    folder = Path(FOLDER) / plant / job
    arrays = {"weights": residual.weights, "parameters": residual.parameters}
    facts: dict[str, object] = {"names": list(residual.names), "parameter_names": list(residual.parameter_names)}
    facts |= {"noise_sd": residual.noise_sd, "plant": plant}
    digest = artefact.save(context.home / folder, arrays, facts)
    return replace(residual, folder=folder.as_posix(), digest=digest)


def _residual(context: Context, row: ModelRow) -> Residual | None:
    where = row.document["residual"]
    if where is None:
        return None
    try:
        arrays, facts = artefact.load(context.home / where["folder"], where["digest"])
    except artefact.ArtefactDamaged as error:
        raise NotReady(f"model {row.plant} {row.version}: {error}") from error
    return Residual(
        names=tuple(facts["names"]),
        weights=np.asarray(arrays["weights"]),
        parameter_names=tuple(facts["parameter_names"]),
        parameters=np.asarray(arrays["parameters"]),
        noise_sd=facts["noise_sd"],
        folder=where["folder"],
        digest=where["digest"],
    )
