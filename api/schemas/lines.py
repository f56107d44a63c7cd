"""The line of a plant: what it consists of, and what an answer to a what-if says of it."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Number, View


class ProductView(View):
    """A product of the line."""

    name: str
    routing: list[str] = Field(default_factory=list, description="Stations in order, where splitters send by routing.")
    value: float = 0.0


class CouplingView(View):
    """One link between the line and the physics."""

    kind: str = Field(description="speed, derate, load, drive, work, wear or trip.")
    part: str = Field(description="Asset of the line.")
    quantity: str = Field(description='"<asset>.<quantity>" of the physics.')
    numbers: dict[str, float] = Field(default_factory=dict, description="In the quantity's SI unit.")


class PartShares(View):
    """A part with stations, belts or vehicles over the time that counts; means of all worlds."""

    asset: str
    type: str
    shares: dict[str, float] = Field(
        description="busy, setup, blocked, starved, down, waiting_crew, maintained, off, no_operator; they sum to one."
    )
    availability: Number = None
    performance: Number = None
    quality: Number = None
    oee: Number = Field(default=None, description="availability × performance × quality; null for belts and vehicles.")
    done: Number = Field(default=None, description="Items worked on.")
    scrapped: Number = None


class GainView(View):
    """What a speed-up of one percent of a part gives, in percent of throughput, and half the 95 % interval."""

    asset: str
    mean: Number
    half_width: Number


class ContentView(View):
    """Items that a buffer or conveyor holds on average, and how many it has room for."""

    items: float
    capacity: float


class LineRun(View):
    """One run of a line."""

    parts: list[PartShares]
    contents: dict[str, ContentView] = Field(description="Of each buffer and conveyor.")
    lead_s: dict[str, float] = Field(description="Quantiles of lead times over items of all worlds.")
    gains: list[GainView] = Field(description="The bottleneck first.")


class LineAnswer(View):
    """What a what-if says of the line; figures with paired differences stand among the KPIs."""

    how: str = Field(description="How it was counted: warm-up, replications, intervals.")
    trouble: list[str] = Field(description="Worlds that locked up or stalled, with place and time.")
    baseline: LineRun
    scenario: LineRun
