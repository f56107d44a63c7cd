"""Answers to what-ifs, never changed once written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import JSON, BigInteger, String, Text, select, tuple_
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.scenario import Change, ChangeKind, Outcome, Scenario
from twin.store.base import Base
from twin.store.documents import plain


class OutcomeRow(Base):
    """One answer; `document` holds the whole record."""

    __tablename__ = "outcome"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    plant: Mapped[str] = mapped_column(String(100), index=True)
    name: Mapped[str] = mapped_column(String(200))
    verdict: Mapped[str] = mapped_column(Text)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


def save(session: Session, outcome: Outcome) -> None:
    """Write an answer; writing one of the same id again, after a step that was cut, replaces it by its equal."""
    session.merge(
        OutcomeRow(
            id=outcome.id,
            plant=outcome.plant,
            name=outcome.name,
            verdict=outcome.verdict,
            created_us=outcome.created_us,
            document=plain(outcome),
        )
    )


def get(session: Session, plant: str, outcome: str) -> Outcome | None:
    """The answer of that id, None if the plant has none."""
    row = session.get(OutcomeRow, outcome)
    return _record(row.document) if row is not None and row.plant == plant else None


def listed(session: Session, plant: str, *, limit: int, after: tuple[int, str] | None = None) -> Sequence[Outcome]:
    """Answers of a plant without their series, newest first; `after` is (created_us, id) of the last one seen."""
    found = select(OutcomeRow).where(OutcomeRow.plant == plant)
    if after is not None:
        found = found.where(tuple_(OutcomeRow.created_us, OutcomeRow.id) < after)
    found = found.order_by(OutcomeRow.created_us.desc(), OutcomeRow.id.desc()).limit(limit)
    return [replace(_record(row.document), series={}) for row in session.scalars(found)]


def scenario_of(document: dict[str, Any]) -> Scenario:
    """A scenario from its JSON."""
    changes = tuple(Change(**{**item, "kind": ChangeKind(item["kind"])}) for item in document["changes"])
    return Scenario(**{**document, "changes": changes})


def _record(document: dict[str, Any]) -> Outcome:
    tuples = {name: tuple(document[name]) for name in ("kpis", "failures")}
    return Outcome(**{**document, **tuples, "scenario": scenario_of(document["scenario"])})
