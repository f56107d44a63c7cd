"""Measured beside predicted."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Display, Flags, Instants, Numbers, View


class TrendView(View):
    """One tag over time, in SI: measured, hybrid mean with its band, and physics alone."""

    tag: str
    unit: str = Field(description="SI unit of the values.")
    display: Display | None = None
    times: Instants
    measured: Numbers
    mean: Numbers
    physics: Numbers
    low: Numbers
    high: Numbers


class TrendsView(View):
    """The free run of the champion over a stretch of the log."""

    tags: list[TrendView]
    model_version: int | None = Field(description="Null: physics at its priors, nothing calibrated yet.")
    level: float = Field(default=0.9, description="Promised coverage of the band.")
    in_support: Flags = Field(description="False where the residual left its training data and faded out; as `times`.")
