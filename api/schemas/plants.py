"""Plants: the scene, its revisions, what changed between them, and questions to its graph."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from api.schemas.base import Display, Document, Instant, View
from api.schemas.lines import CouplingView, ProductView

Question = Literal["upstream", "downstream", "affected", "islands", "path"]


class SiteView(View):
    """Where the plant stands."""

    name: str = ""
    time_zone: str = "UTC"
    night: str = Field(default="", description="When the nightly job is due: HH:MM, off, or empty.")


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


class PoseView(View):
    """Where an asset stands in the site's frame."""

    position_m: tuple[float, float, float]
    rotation_rad: tuple[float, float, float]


class AssetView(View):
    """One asset of the tree; its id is its path."""

    id: str
    type: str | None = None
    name: str = ""
    parameters: dict[str, float | PriorView | list[tuple[float, float]]] = Field(
        default_factory=dict, description="A number, a prior to fit, or the points [x, y] of a curve; SI."
    )
    start: dict[str, float | PriorView] = Field(default_factory=dict)
    learn: list[str] = Field(default_factory=list)
    share: str = Field(default="", description="Assets of one share learn one common set of weights.")
    layers: list[int] = Field(default_factory=list, description="Units of each hidden layer; one small one if empty.")
    memory: int = Field(default=0, description="Hidden states that each of its corrections keeps of its own.")
    pose: PoseView | None = None
    geometry: str = ""
    critical: bool = False
    settings: Document = Field(default_factory=dict, description="Of a part of the line, in place of parameters.")


class SensorView(View):
    """A tag that measures a quantity."""

    tag: str
    measures: str
    unit: str
    si_unit: str = "1"
    noise_sd: float | None = Field(default=None, description="In the tag's own unit.")
    interpolation: str = "linear"
    source: str | None = None
    name: str = ""
    display: Display | None = None


class InputView(View):
    """A tag that drives a command."""

    tag: str
    drives: str
    unit: str
    si_unit: str = "1"
    interpolation: str = "step"
    source: str | None = None
    name: str = ""
    display: Display | None = None


class KpiChoiceView(View):
    """A number that a what-if of this plant compares."""

    name: str
    quantity: str
    reduction: str
    unit: str
    better: str = Field(default="", description='"lower", "higher", or "" where neither is.')


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
    kpis: list[KpiChoiceView] = Field(default_factory=list)
    description: str = ""
    sampling_s: float | None = None
    line: list[str] = Field(default_factory=list, description="Assets of the line, in the order of the plant file.")
    links: list[tuple[str, str]] = Field(default_factory=list, description="Its connections, from way out to way in.")
    products: list[ProductView] = Field(default_factory=list)
    couplings: list[CouplingView] = Field(default_factory=list)


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

    op: str = Field(description="add, remove or change.")
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
    tags: list[str] = Field(default_factory=list, description="Tags on those assets.")
