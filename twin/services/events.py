"""Use cases of plant events: import a file, write some, look at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from twin.errors import Fault, InvalidInput, NotFound
from twin.ingest.events_csv import asset_branches, check_event, read_events
from twin.records.event import PlantEvent
from twin.services import plants
from twin.services.clock import now_us
from twin.services.context import Context
from twin.store import events, readings

FOREVER_US = 2**62


@dataclass(frozen=True)
class EventReport:
    """What became of events: new ones, changed ones (a new version), ones known already."""

    new: int
    changed: int
    known: int


def import_file(context: Context, plant: str, path: Path) -> EventReport:
    """Take in a CSV file of events; doing it again changes nothing.

    Raises: NotFound; InvalidInput, with every fault of the file, and then nothing is written.
    """
    scene, _revision = plants.get(context, plant)
    if not path.is_file():
        raise NotFound("file", str(path))
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault(path.name, str(error), "UTF-8 text")]) from error
    branches = asset_branches([asset.id for asset in scene.assets])
    return _save(context, plant, read_events(text, assets=branches, zone=scene.site.time_zone, name=path.name))


def save(context: Context, plant: str, found: Sequence[PlantEvent]) -> EventReport:
    """Write events; the same event again changes nothing, a changed end or text is a new version.

    Raises: NotFound; InvalidInput, with every fault, and then nothing is written.
    """
    scene, _revision = plants.get(context, plant)
    branches = asset_branches([asset.id for asset in scene.assets])
    faults = [
        fault for at, event in enumerate(found) for fault in check_event(event, assets=branches, where=f"events[{at}]")
    ]
    if faults:
        raise InvalidInput(faults)
    return _save(context, plant, found)


def listed(
    context: Context, plant: str, start_us: int = 0, end_us: int = FOREVER_US, *, watermark_us: int | None = None
) -> tuple[PlantEvent, ...]:
    """Events that touch start ≤ time < end, by time, as known at a watermark."""
    plants.get(context, plant)
    with context.sessions() as session:
        return events.between(session, plant, start_us, end_us, watermark=watermark_us)


def _save(context: Context, plant: str, found: Sequence[PlantEvent]) -> EventReport:
    with context.sessions.begin() as session:
        received_us = readings.begin_writing(session, plant, now_us(context))
        return EventReport(*events.save(session, plant, found, received_us=received_us))
