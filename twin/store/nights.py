"""Reports of nights, one per plant and local day, never changed once written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.night import DayQuality, Exclusion, Finding, FindingKind, NightReport, NightVerdict
from twin.store.base import Base
from twin.store.documents import plain


class NightRow(Base):
    """One report; `document` holds the whole record."""

    __tablename__ = "night"

    plant: Mapped[str] = mapped_column(String(100), primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    verdict: Mapped[str] = mapped_column(String(20))
    sentence: Mapped[str] = mapped_column(Text)
    created_us: Mapped[int] = mapped_column(BigInteger)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


def save(session: Session, report: NightReport) -> None:
    """Write a report; one that is there already stays as it is."""
    if session.get(NightRow, (report.plant, report.day)) is None:
        session.add(
            NightRow(
                plant=report.plant,
                day=report.day,
                verdict=report.verdict.value,
                sentence=report.sentence,
                created_us=report.created_us,
                document=plain(report),
            )
        )


def get(session: Session, plant: str, day: str) -> NightReport | None:
    """The report of a day, None if there is none."""
    row = session.get(NightRow, (plant, day))
    return None if row is None else _record(row.document)


def newest(session: Session, plant: str, *, count: int = 1, before: str | None = None) -> tuple[NightReport, ...]:
    """The reports of the last days, newest first."""
    found = select(NightRow).where(NightRow.plant == plant)
    if before is not None:
        found = found.where(NightRow.day < before)
    return tuple(_record(row.document) for row in session.scalars(found.order_by(NightRow.day.desc()).limit(count)))


def _record(document: dict[str, Any]) -> NightReport:
    quality = document["quality"]
    rows = {name: tuple(document[name]) for name in ("failures", "proposals", "actions")}
    return NightReport(
        **{
            **document,
            **rows,
            "verdict": NightVerdict(document["verdict"]),
            "quality": DayQuality(
                tuple(quality["tags"]),
                quality["share"],
                tuple(quality["notes"]),
                tuple(Exclusion(**item) for item in quality["exclusions"]),
                quality["learn"],
            ),
            "findings": tuple(Finding(**{**item, "kind": FindingKind(item["kind"])}) for item in document["findings"]),
        }
    )
