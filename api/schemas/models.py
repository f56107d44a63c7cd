"""Model versions: what calibration found, what the residual learned, what the gate said."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AliasChoices, AwareDatetime, ConfigDict, Field

from api.schemas.base import Document, Instant, Number, Numbers, Request, Table, View

ModelStatusWord = Literal["candidate", "champion", "rejected", "retired"]


class RecalibrationIn(Request):
    """Which stretch of the log to learn from (all of it by default), and the seed of every draw."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"end": "2026-03-02T00:00:00Z", "seed": 0}]})
    start: AwareDatetime | None = None
    end: AwareDatetime | None = None
    seed: int = Field(default=0, ge=0, le=2**31 - 1)


class DirectionView(View):
    """A combination of numbers that the log tells least about, in prior spreads."""

    names: list[str]
    weights: Numbers
    left: Number = Field(description="Spread along it after the fit over that before.")
    text: str


class TradeOffView(View):
    """Two numbers that move the outputs nearly alike."""

    first: str
    second: str
    correlation: Number
    text: str


class RemedyView(View):
    """A further tag, or a test that moves an input by a quarter of its range, and what it would tell."""

    kind: Literal["tag", "test"]
    what: str
    number: str = Field(description="Whose spread would fall most.")
    left: Number = Field(description="That spread then over now.")
    gain_nats: Number


class IdentifiabilityView(View):
    """What the log tells of the fitted numbers, what it leaves open, and what would tell more."""

    independent: dict[str, Number] = Field(description="Samples of each tag that say something of their own.")
    directions: list[DirectionView]
    pairs: list[TradeOffView]
    remedies: list[RemedyView]


class CalibrationView(View):
    """Fitted values; `names`, `values`, `spread` and the rows of `correlation` share their order [P]."""

    names: list[str] = Field(description='"<asset>.<parameter>" or "<asset>.<state>@start".')
    values: Numbers = Field(description="In the SI unit that each name ends with.")
    spread: Numbers = Field(description="Posterior standard deviation.")
    correlation: Table
    noise_sd: dict[str, Number]
    rmse: dict[str, Number] = Field(description="Free-run error per tag on the fitting window, in SI.")
    unidentifiable: list[tuple[str, str]]
    scene_revision: int
    window: tuple[Instant, Instant]
    identifiability: IdentifiabilityView | None = None


class ResidualView(View):
    """What stands behind the learned corrections; the weights themselves stay in the file."""

    parameter_names: list[str] = Field(default_factory=list)
    parameters: Table = Field(default_factory=list, description="Physics parameters of each member, [M, P].")
    folder: str = ""
    digest: str = Field(default="", description="SHA-256 of the safetensors file.")


class TagErrorView(View):
    """What a tag reads beside the model: white noise, and parts that last with the memory of each."""

    noise_sd: Number
    sd: Numbers
    memory_s: Numbers


class BandView(View):
    """The interval is prediction ± half_width of the tag and lead time."""

    level: float
    horizons_s: Numbers = Field(description="Measured lead times; null is a free run from a record's first samples.")
    half_width: dict[str, Numbers]
    errors: dict[str, TagErrorView] = Field(default_factory=dict, description="What the free run leaves unexplained.")


class GateView(View):
    """Why the version was promoted or not."""

    promoted: bool
    verdict: str
    scores: dict[str, dict[str, Number]] = Field(
        description='Free-run error per contender and tag on the never-trained window; tag "" is the scaled mean.'
    )
    tests: list[Document]
    window: tuple[Instant, Instant]


class ModelSummary(View):
    """One line of the list of versions."""

    plant: str
    version: int
    status: ModelStatusWord
    scene_revision: int
    created: Instant
    parent: int | None = None
    gate: GateView


class ModelView(ModelSummary):
    """One immutable model version."""

    calibration: CalibrationView = Field(
        validation_alias=AliasChoices("posterior", "calibration"),
        description="What the version believes in service: of a hybrid, over its members.",
    )
    residual: ResidualView | None = None
    band: BandView
    provenance: dict[str, Any] = Field(default_factory=dict)
