"""Plants: the scene, its revisions, what changed between them, and questions to its graph."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.schemas.base import Display, Instant, View

Question = Literal["upstream", "downstream", "affected", "islands", "path"]


class SiteView(View):
    """Where the plant stands."""

    name: str = ""
    time_zone: str = "UTC"


class PlantSummary(View):
    """One line of the list of plants."""

    plant: str
    revision: int
    etag: str
    site: SiteView
    synthetic: bool = Field(description="True where the plant's logs come from a simulator; pages say so.")
    created: Instant


class PriorView(View):
    """A parameter that calibration fits: expected value and spread, in the parameter's unit."""

    prior: float
    sd: float


class AssetView(View):
    """One asset of the tree; its id is its path."""

    id: str
    type: str | None = None
    name: str = ""
    parameters: dict[str, float | PriorView] = Field(default_factory=dict)
    start: dict[str, float | PriorView] = Field(default_factory=dict)
    learn: list[str] = Field(default_factory=list)
    pose: Any = None
    geometry: Any = None
    critical: bool = False
    line: int | None = Field(default=None, description="Line of the plant file that declares it.")


class SensorView(View):
    """A tag that measures a quantity."""

    tag: str
    measures: str
    unit: str
    noise_sd: float | None = None
    interpolation: str = "linear"
    source: str | None = None
    display: Display | None = None


class InputView(View):
    """A tag that drives a command."""

    tag: str
    drives: str
    unit: str
    interpolation: str = "step"
    display: Display | None = None


class PlantView(View):
    """One revision of a plant, whole."""

    plant: str
    revision: int
    etag: str
    site: SiteView
    synthetic: bool
    created: Instant
    author: str = ""
    reason: str = ""
    assets: list[AssetView]
    connections: list[tuple[str, str]] = Field(description='Pairs of "<asset>.<port>".')
    sensors: list[SensorView]
    inputs: list[InputView]


class RevisionView(View):
    """Who changed the plant, when and why."""

    plant: str
    revision: int
    etag: str
    author: str
    reason: str
    created: Instant


class ChangeView(View):
    """One difference between two revisions."""

    op: str = Field(description="add, remove or replace.")
    path: str
    old: Any = None
    new: Any = None


class DiffView(View):
    """All differences between two revisions."""

    plant: str
    from_revision: int
    to_revision: int
    items: list[ChangeView]


class GraphAnswer(View):
    """The assets that answer a question to the plant's graph."""

    question: Question
    asset: str = ""
    assets: list[str] = Field(default_factory=list, description="In the order of the answer; a path from end to end.")
    islands: list[list[str]] = Field(default_factory=list, description="Only for the question islands.")
