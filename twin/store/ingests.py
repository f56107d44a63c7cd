"""How far each log file has been read: written in the same transaction as the readings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Float, Integer, String, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.store.base import Base


class IngestRow(Base):
    """One reading of one file (by its hash) with one mapping (by its hash)."""

    __tablename__ = "ingest"
    __table_args__ = (UniqueConstraint("plant", "file_hash", "mapping_hash"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plant: Mapped[str] = mapped_column(String)
    file_hash: Mapped[str] = mapped_column(String)
    mapping_hash: Mapped[str] = mapped_column(String)
    source: Mapped[str] = mapped_column(String)
    rows_done: Mapped[int] = mapped_column(BigInteger, default=0)
    accepted: Mapped[int] = mapped_column(BigInteger, default=0)
    duplicates: Mapped[int] = mapped_column(BigInteger, default=0)
    quarantined: Mapped[int] = mapped_column(BigInteger, default=0)
    share: Mapped[float] = mapped_column(Float, default=0.0)
    state: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    started_us: Mapped[int] = mapped_column(BigInteger)
    finished_us: Mapped[int | None] = mapped_column(BigInteger)


def find(session: Session, plant: str, file_hash: str, mapping_hash: str) -> IngestRow | None:
    """The reading of this file with this mapping, None where it never began."""
    query = select(IngestRow).where(
        IngestRow.plant == plant, IngestRow.file_hash == file_hash, IngestRow.mapping_hash == mapping_hash
    )
    return session.execute(query).scalar_one_or_none()


def advance(session: Session, row_id: int, *, from_rows: int, values: dict[str, Any]) -> bool:
    """Move on from `from_rows`; False where somebody else moved first."""
    statement = update(IngestRow).where(IngestRow.id == row_id, IngestRow.rows_done == from_rows).values(**values)
    return session.execute(statement.returning(IngestRow.id)).first() is not None


def listed(session: Session, plant: str) -> tuple[IngestRow, ...]:
    """Every file that was read or begun, newest first."""
    query = select(IngestRow).where(IngestRow.plant == plant).order_by(IngestRow.started_us.desc(), IngestRow.id.desc())
    return tuple(session.execute(query).scalars())
