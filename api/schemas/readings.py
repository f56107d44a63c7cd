"""Measurements in and out, the quarantine of bad rows, and events."""

from __future__ import annotations

from typing import Literal

from pydantic import AwareDatetime, ConfigDict, Field

from api.schemas.base import Display, Instant, Instants, Numbers, Request, View

QualityWord = Literal["good", "uncertain", "bad"]
EventWord = Literal["maintenance", "failure", "stop", "product_change"]


class ReadingIn(Request):
    """One measured value; in the tag's own unit unless `unit` says otherwise."""

    tag: str = Field(min_length=1, max_length=200)
    time: AwareDatetime = Field(description="ISO 8601 with zone, e.g. 2026-03-02T14:10:00Z.")
    value: float | None = Field(default=None, description="Null where the source had nothing (quality bad).")
    unit: str | None = None
    quality: QualityWord = "good"


class ReadingsIn(Request):
    """A batch of live readings; sending it twice changes nothing."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"readings": [{"tag": "FT-101", "time": "2026-03-02T14:10:00Z", "value": 61.5, "unit": "L/min"}]}
            ]
        }
    )
    readings: list[ReadingIn] = Field(min_length=1, max_length=100_000)


class IngestView(View):
    """What became of the rows."""

    accepted: int
    duplicates: int
    quarantined: int


class SeriesView(View):
    """The measured series of one tag, in SI; thinned where longer than asked for."""

    tag: str
    unit: str = Field(description="SI unit of the values.")
    display: Display | None = None
    times: Instants
    values: Numbers
    thinned: bool = Field(default=False, description="True where points were left out; lowest and highest stay.")


class SeriesList(View):
    """Measured series, one a tag."""

    items: list[SeriesView]


class QuarantineView(View):
    """A row that could not be taken in, with the reason."""

    id: int
    source: str = ""
    row: int | None = Field(default=None, description="Row of the source file, counted from 1.")
    tag: str = ""
    time: str | None = Field(default=None, description="As it stood in the source.")
    value: str | None = Field(default=None, description="As it stood in the source.")
    unit: str = ""
    reason: str = Field(description="In few words, e.g. unknown tag.")
    detail: str = Field(default="", description="What would have been right.")
    received: Instant
    corrected: bool = False
    resolution: str | None = Field(default=None, description="What became of it; null while it waits.")


class CorrectionIn(Request):
    """What the row should have said; what is left out is taken from the row."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"value": 61.5, "unit": "L/min"}]})
    value: float | None = None
    time: AwareDatetime | None = None
    tag: str | None = None
    unit: str | None = None


class EventIn(Request):
    """Something that happened to an asset, or to the whole plant where `asset` is empty."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "maintenance", "asset": "utilities/loop/pump-1", "start": "2026-03-02T06:00:00Z"}]
        }
    )
    kind: EventWord
    asset: str = ""
    start: AwareDatetime
    end: AwareDatetime | None = None
    text: str = Field(default="", max_length=2000)


class EventView(View):
    """Something that happened."""

    kind: EventWord
    asset: str
    start: Instant
    end: Instant | None = None
    text: str = ""


class EventReportView(View):
    """What became of the events."""

    new: int
    changed: int
    known: int


class EventsIn(Request):
    """Events to write; one that is known already changes nothing."""

    events: list[EventIn] = Field(min_length=1, max_length=10_000)
