"""Plant events; a change of one is a new version."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import BigInteger, Integer, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.event import EventKind, PlantEvent
from twin.store.base import Base


class EventRow(Base):
    """One version of an event, keyed by what, where and when it began."""

    __tablename__ = "event"
    __table_args__ = (UniqueConstraint("plant", "start_us", "kind", "asset", "version"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    plant: Mapped[str] = mapped_column(String)
    kind: Mapped[str] = mapped_column(String)
    asset: Mapped[str] = mapped_column(String)
    start_us: Mapped[int] = mapped_column(BigInteger)
    end_us: Mapped[int | None] = mapped_column(BigInteger)
    text: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer)
    received_us: Mapped[int] = mapped_column(BigInteger)

    def record(self) -> PlantEvent:
        """The row as it is handed on."""
        return PlantEvent(EventKind(self.kind), self.asset, self.start_us, self.end_us, self.text)


def save(session: Session, plant: str, events: Iterable[PlantEvent], *, received_us: int) -> tuple[int, int, int]:
    """Keep events; returns how many were new, changed (a new version) and known already."""
    newest = _newest(session, plant, None)
    new = changed = known = 0
    for event in events:
        key = (event.start_us, event.kind.value, event.asset)
        before = newest.get(key)
        if before is not None and before.record() == event:
            known += 1
            continue
        row = EventRow(
            plant=plant, kind=event.kind.value, asset=event.asset, start_us=event.start_us, end_us=event.end_us,
            text=event.text, version=before.version + 1 if before else 1, received_us=received_us,
        )  # fmt: skip
        session.add(row)
        newest[key] = row
        new, changed = new + (before is None), changed + (before is not None)
    session.flush()
    return new, changed, known


def between(
    session: Session, plant: str, start_us: int, end_us: int, *, watermark: int | None = None
) -> tuple[PlantEvent, ...]:
    """Events that touch start ≤ time < end, as known at a watermark, by time."""
    newest = _newest(session, plant, watermark).values()
    touching = (row for row in newest if row.start_us < end_us and (row.end_us is None or row.end_us >= start_us))
    return tuple(row.record() for row in sorted(touching, key=lambda row: (row.start_us, row.kind, row.asset)))


def _newest(session: Session, plant: str, watermark: int | None) -> dict[tuple[int, str, str], EventRow]:
    query = select(EventRow).where(EventRow.plant == plant).order_by(EventRow.version)
    if watermark is not None:
        query = query.where(EventRow.received_us <= watermark)
    return {(row.start_us, row.kind, row.asset): row for row in session.execute(query).scalars()}
