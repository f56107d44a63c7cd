"""What a night found out about a day, and what it did about it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from api.schemas.base import Document, Instant, Number, Request, View

NightWord = Literal["promoted", "kept", "rolled_back", "not_learned"]


class NightIn(Request):
    """Which day to look at; yesterday at the site by default."""

    day: date | None = None


class FindingView(View):
    """One change of the readings that the model did not expect."""

    kind: str = Field(description="Slow or sudden change of the plant, or sensor bias, stuck, noise, gap.")
    subject: str
    start: Instant
    end: Instant
    size: Number = None
    text: str
    exclude: bool = Field(description="Whether these readings teach nothing.")


class QualityView(View):
    """How good the day's log is."""

    share: float
    notes: list[str]
    tags: list[Document]
    learn: bool


class NightSummary(View):
    """One line of the list of nights."""

    plant: str
    day: str
    verdict: NightWord
    sentence: str
    model_before: int
    model_after: int
    created: Instant
    scores: Document
    quality: QualityView
    findings: list[FindingView]


class NightView(NightSummary):
    """One night's report."""

    zone: str
    start: Instant
    end: Instant
    ledger: Document
    gate: Document
    failures: list[Document]
    proposals: list[Document]
    actions: list[str]
    provenance: Document
