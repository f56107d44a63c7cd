"""What bands promised and later data delivered, one row a version and stretch."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.coverage import Coverage, Delivered
from twin.store.base import Base
from twin.store.documents import plain


class CoverageRow(Base):
    """Scores of one model version on one stretch of log; `document` holds its rows."""

    __tablename__ = "coverage"

    plant: Mapped[str] = mapped_column(String(100), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    start_us: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    end_us: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[dict[str, object]] = mapped_column(JSON)


def save(session: Session, found: Coverage) -> None:
    """Write a stretch; the same one again replaces it."""
    key = {"plant": found.plant, "version": found.version, "start_us": found.start_us}
    session.merge(CoverageRow(**key, end_us=found.end_us, document=plain(found)))


def latest(session: Session, plant: str, version: int, *, until_us: int | None = None) -> Coverage | None:
    """The newest stretch of a version, or of those that ended at a time at the latest; None before the first."""
    query = select(CoverageRow).where(CoverageRow.plant == plant, CoverageRow.version == version)
    if until_us is not None:
        query = query.where(CoverageRow.end_us <= until_us)
    row = session.scalars(query.order_by(CoverageRow.end_us.desc()).limit(1)).first()
    return None if row is None else _record(dict(row.document))


def _record(document: dict[str, Any]) -> Coverage:
    rows = tuple(Delivered(**row) for row in document.pop("rows"))
    return Coverage(**document, rows=rows)
