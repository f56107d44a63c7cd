"""What a learned correction says, and the term that would say it in physics."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Document, Number, Request, View


class AcceptIn(Request):
    """Which proposed term to take over."""

    asset: str
    correction: str


class ExplanationView(View):
    """One learned correction in words and figures."""

    asset: str
    correction: str
    doc: str
    share: Number = Field(description="Share of the residual's gain that is lost without this correction.")
    regimes: list[Document] = Field(description="Mean learned value in the lower, middle and upper third of a feature.")
    terms: dict[str, float] = Field(description='As the plant file writes it: "1", "f0", "f0 f1" to number.')
    explained: Number = Field(description="Share of the learned value's mean square that the terms explain.")
    gain: Number = Field(description="How much smaller a free run's error is with the term, over physics alone.")
    network_gain: Number
    proposed: bool
    text: str


class ExplanationList(View):
    """Every learned correction, the most telling first."""

    items: list[ExplanationView]
