"""Ground of all schemas: strict requests, views that read our records, times in UTC, arrays with null for missing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AliasChoices, AliasGenerator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field

Item = TypeVar("Item")

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Request(BaseModel):
    """A body that a caller sends; an unknown key is an error, so that a typing mistake never passes unseen."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class View(BaseModel):
    """A body that we answer; built from a record's attributes (a time there is `<name>_us`) or from JSON."""

    model_config = ConfigDict(
        from_attributes=True,
        extra="ignore",
        populate_by_name=True,
        alias_generator=AliasGenerator(validation_alias=lambda name: AliasChoices(name, f"{name}_us")),
    )


def _instant(value: Any) -> Any:
    """Microseconds since 1970 (our records) or ISO 8601 text (our answers) to a UTC time."""
    if isinstance(value, bool) or not isinstance(value, int):
        return value
    return EPOCH + timedelta(microseconds=value)


def _plain(value: Any) -> Any:
    """Arrays to lists, NaN and infinity to None, at any depth."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))):
        return None
    return value


Instant = Annotated[AwareDatetime, BeforeValidator(_instant)]
"""A UTC time; our records give microseconds."""

Number = Annotated[float | None, BeforeValidator(_plain)]
"""A number, null where there is none."""

Numbers = Annotated[list[float | None], BeforeValidator(_plain)]
"""A row of numbers, null where missing."""

Table = Annotated[list[list[float | None]], BeforeValidator(_plain)]
"""Rows of numbers, null where missing."""

Flags = Annotated[list[bool], BeforeValidator(_plain)]
"""A row of yes and no."""

Instants = Annotated[list[Instant], BeforeValidator(_plain)]
"""A row of UTC times."""

Document = Annotated[dict[str, Any], BeforeValidator(_plain)]
"""Free keys, as the stage wrote them."""


class Page(View, Generic[Item]):
    """One page of a list; ask again with `cursor=next_cursor` until it is null."""

    items: list[Item]
    next_cursor: str | None = None


class Interval(View):
    """A central value and its interval."""

    median: Number = None
    low: Number = None
    high: Number = None


class Display(View):
    """How a person wants to see an SI number: `shown = value * factor + offset`, in `unit`."""

    unit: str = Field(description="Unit as the plant file spells it.")
    factor: float = 1.0
    offset: float = 0.0


class Span(View):
    """A stretch of time."""

    start: Instant
    end: Instant


def microseconds(moment: datetime) -> int:
    """A time as microseconds since 1970, as our records have it."""
    return (moment - EPOCH) // timedelta(microseconds=1)


def microseconds_or_none(moment: datetime | None) -> int | None:
    """The same for a time that may be left open."""
    return None if moment is None else microseconds(moment)
