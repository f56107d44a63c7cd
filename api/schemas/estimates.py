"""What no sensor shows: hidden states, wear and parameters, and what the readings surprised."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, ConfigDict, Field

from api.schemas.base import Display, Instants, Number, Numbers, Request, View

FilterWord = Literal["auto", "ensemble", "unscented"]


class EstimateIn(Request):
    """The hours before a time in the log, its end by default."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"worlds": 64}]})
    at: AwareDatetime | None = None
    worlds: int = Field(default=64, ge=2, le=4096)
    seed: int = Field(default=0, ge=0, le=2**31 - 1)
    filter: FilterWord = Field(default="auto", description="Unscented only where few numbers move.")


class HiddenView(View):
    """One number that no sensor shows, each moment as all readings of the hours tell it."""

    asset: str
    quantity: str
    unit: str
    kind: Literal["state", "wear", "parameter"]
    meaning: str
    mean: Numbers
    spread: Numbers = Field(description="Standard deviation among the worlds.")
    display: Display | None = None


class SurpriseView(View):
    """What one tag read that was not expected."""

    tag: str
    unit: str
    beside: Number = Field(description="What it reads beside the model at the end.")
    innovations: Numbers = Field(description="Read minus expected, over what was to be expected; null where missing.")
    size: Number = Field(description="Their root mean square, once settled: 1 where as much comes as was expected.")
    spread: Number = Field(default=None, description="Standard deviation of `beside` as far as readings leave it open.")
    display: Display | None = None


class EstimateView(View):
    """The newest estimate of a plant."""

    job: str
    plant: str
    version: int = Field(description="0: physics at its priors, nothing calibrated yet.")
    filter: FilterWord = Field(default="ensemble", description="Which was taken.")
    times: Instants
    hidden: list[HiddenView]
    tags: list[SurpriseView]
