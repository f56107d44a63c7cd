"""Table of model versions: immutable but for their status, one champion per plant at most."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, String, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.model import ModelStatus
from twin.store.base import Base

CHAMPION = text(f"status = '{ModelStatus.CHAMPION.value}'")


class ModelRow(Base):
    """One model version; `job` names the work that made it, so that a repeated step publishes once."""

    __tablename__ = "model_version"
    __table_args__ = (
        Index("uq_model_version_champion", "plant", unique=True, sqlite_where=CHAMPION, postgresql_where=CHAMPION),
        Index("uq_model_version_job", "plant", "job", unique=True),
    )  # fmt: skip

    plant: Mapped[str] = mapped_column(String(100), ForeignKey("plant.name"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(20))
    scene_revision: Mapped[int]
    created_us: Mapped[int] = mapped_column(BigInteger)
    parent: Mapped[int | None]
    job: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


def add(session: Session, row: ModelRow) -> None:
    """Write a new version under the next number; a new champion retires the one before it, in this transaction."""
    newest = session.scalar(select(func.max(ModelRow.version)).where(ModelRow.plant == row.plant))
    row.version = (newest or 0) + 1
    if row.status == ModelStatus.CHAMPION.value:
        retire(session, row.plant)
    session.add(row)
    session.flush()


def retire(session: Session, plant: str) -> None:
    """Take the champion out of service."""
    champion = update(ModelRow).where(ModelRow.plant == plant, ModelRow.status == ModelStatus.CHAMPION.value)
    session.execute(champion.values(status=ModelStatus.RETIRED.value))


def reinstate(session: Session, plant: str, version: int) -> None:
    """Put an older version back into service; the champion retires in the same transaction."""
    retire(session, plant)
    session.flush()
    older = update(ModelRow).where(ModelRow.plant == plant, ModelRow.version == version)
    session.execute(older.values(status=ModelStatus.CHAMPION.value))


def find(session: Session, plant: str, version: int) -> ModelRow | None:
    """One version, None if there is none of that number."""
    return session.get(ModelRow, (plant, version))


def find_champion(session: Session, plant: str) -> ModelRow | None:
    """The version in service, None before the first."""
    return session.scalars(
        select(ModelRow).where(ModelRow.plant == plant, ModelRow.status == ModelStatus.CHAMPION.value)
    ).one_or_none()


def find_of_job(session: Session, plant: str, job: str) -> ModelRow | None:
    """The version that a job published, None if it has not."""
    return session.scalars(select(ModelRow).where(ModelRow.plant == plant, ModelRow.job == job)).one_or_none()


def listed(session: Session, plant: str) -> list[ModelRow]:
    """All versions of a plant, newest first."""
    return list(session.scalars(select(ModelRow).where(ModelRow.plant == plant).order_by(ModelRow.version.desc())))
