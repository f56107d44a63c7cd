"""From when to when the readings lie that arrived together, so that a reader of a log fetches what is new alone.

One row a writing transaction, kept for a day: who was away for longer reads anew.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, String, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.store.base import Base

KEPT_US = 86_400_000_000

Span = tuple[int, int]
"""From the first time to before the second, UTC microseconds."""


class ArrivalRow(Base):
    """What one transaction wrote for a plant: its `received` time, first and last time of its readings."""

    __tablename__ = "arrival"

    plant: Mapped[str] = mapped_column(String, primary_key=True)
    received_us: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    first_us: Mapped[int] = mapped_column(BigInteger)
    last_us: Mapped[int] = mapped_column(BigInteger)


def note(session: Session, plant: str, received_us: int, first_us: int, last_us: int) -> None:
    """Say what a transaction writes, once in it; call inside `begin_writing`."""
    own = ArrivalRow.plant == plant
    session.execute(delete(ArrivalRow).where(own, ArrivalRow.received_us < received_us - KEPT_US))
    row = {"plant": plant, "received_us": received_us, "first_us": first_us, "last_us": last_us}
    session.execute(insert(ArrivalRow).values(row))


def since(session: Session, plant: str, known_us: int, until_us: int) -> list[Span] | None:
    """Where readings lie that were received after one watermark and up to another: spans apart, in order of time.

    None where it is not told so far back.
    """
    own = ArrivalRow.plant == plant
    oldest = session.scalar(select(ArrivalRow.received_us).where(own).order_by(ArrivalRow.received_us).limit(1))
    if oldest is None or oldest > known_us:
        return None
    new = (own, ArrivalRow.received_us > known_us, ArrivalRow.received_us <= until_us)
    found: list[Span] = []
    for first, last in session.execute(
        select(ArrivalRow.first_us, ArrivalRow.last_us).where(*new).order_by(ArrivalRow.first_us)
    ):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last + 1))
        else:
            found.append((first, last + 1))
    return found
