"""Every failure forecast that was issued, kept to be scored when the truth arrives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.forecast import FailureForecast
from twin.store.base import Base
from twin.store.documents import plain


class ForecastRow(Base):
    """One asset's failure mode seen from one time."""

    __tablename__ = "forecast"
    __table_args__ = (UniqueConstraint("plant", "issued_us", "asset", "mode"),)

    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    plant: Mapped[str] = mapped_column(String(100), index=True)
    issued_us: Mapped[int] = mapped_column(BigInteger, index=True)
    asset: Mapped[str] = mapped_column(String(200))
    mode: Mapped[str] = mapped_column(String(200))
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


def save(session: Session, plant: str, forecasts: Sequence[FailureForecast]) -> None:
    """Write the forecasts of one issue; the same issue again, after a step that was cut, changes nothing."""
    for forecast in forecasts:
        key = {"plant": plant, "issued_us": forecast.issued_us, "asset": forecast.asset, "mode": forecast.mode}
        if session.scalars(select(ForecastRow.id).filter_by(**key)).first() is None:
            session.add(ForecastRow(**key, document=plain(forecast)))


def latest(session: Session, plant: str) -> tuple[FailureForecast, ...]:
    """The newest issue of a plant, in the order it was written; empty when there is none."""
    newest = select(func.max(ForecastRow.issued_us)).where(ForecastRow.plant == plant).scalar_subquery()
    found = select(ForecastRow).where(ForecastRow.plant == plant, ForecastRow.issued_us == newest)
    return tuple(_record(row.document) for row in session.scalars(found.order_by(ForecastRow.id)))


def issued(session: Session, plant: str, start_us: int, end_us: int) -> tuple[FailureForecast, ...]:
    """Every forecast issued in a span of time, oldest first."""
    found = select(ForecastRow).where(
        ForecastRow.plant == plant, ForecastRow.issued_us >= start_us, ForecastRow.issued_us < end_us
    )
    ordered = found.order_by(ForecastRow.issued_us, ForecastRow.id)
    return tuple(_record(row.document) for row in session.scalars(ordered))


def _record(document: dict[str, Any]) -> FailureForecast:
    probability = {int(days): value for days, value in document["probability"].items()}
    tuples = {name: tuple(document.get(name, ())) for name in ("contributors", "assumed")}
    return FailureForecast(**{**document, "probability": probability, **tuples})
