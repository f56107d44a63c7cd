"""Use cases of readings: write them from a program, look at them, correct one, see how fresh they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twin.errors import Fault, InvalidInput, NotFound
from twin.ingest.json_rows import read_rows
from twin.records.reading import Quality
from twin.records.series import DataStatus, MeasuredSeries, TagStatus, WriteReport
from twin.scene.scene import Scene
from twin.services import plants
from twin.services.clock import now_us as present_us
from twin.services.context import Context
from twin.services.reading_writer import write_batch
from twin.services.tags import own_units, si_units
from twin.store import arrivals, quarantine, reading_envelope, readings
from twin.windows.gaps import GAP_STEPS, is_periodic, usual_spacing_us

MAX_POINTS = 2000
RECENT = 50
"""Newest readings of a tag that tell its usual spacing."""


def write(context: Context, plant: str, rows: Sequence[Mapping[str, Any]], *, source: str = "api") -> WriteReport:
    """Take readings in; writing the same ones again changes nothing.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        rows: {tag, time, value, unit?, quality?}: ISO 8601 with offset or aware datetime; the tag's own unit.
        source: Who sends them, for the quarantine.
    Raises: NotFound, when there is no such plant.
    """
    scene, _revision = plants.get(context, plant)
    units, now_us = known_units(context, plant, scene), present_us(context)
    batch = read_rows(rows, si_units=units, own_units=own_units(scene), now_us=now_us)
    with context.sessions.begin() as session:
        written = write_batch(session, plant, batch, si_units=units, source=source, now_us=now_us)
    return WriteReport(written.accepted, written.duplicates, written.quarantined)


def series(
    context: Context,
    plant: str,
    tags: Sequence[str] | None = None,
    start_us: int | None = None,
    end_us: int | None = None,
    *,
    max_points: int = MAX_POINTS,
    watermark_us: int | None = None,
) -> tuple[MeasuredSeries, ...]:
    """Courses of tags for a picture, each of at most `max_points` points that keep its lowest and highest values.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        tags: By default every tag that has readings.
        start_us: UTC microseconds, by default the first reading.
        end_us: No reading at or after it; by default just after the last.
        max_points: At least 4.
        watermark_us: Only what was known then.
    Raises: NotFound, when the plant or a tag does not exist; InvalidInput, when max_points is too small.
    """
    if max_points < 4:
        raise InvalidInput([Fault("max_points", str(max_points), "≥ 4")])
    scene, _revision = plants.get(context, plant)
    units = known_units(context, plant, scene)
    for tag in tags or ():
        if tag not in units:
            raise NotFound("tag", tag, sorted(units))
    found = []
    with context.sessions() as session:
        signals, extent = readings.signals(session, plant), readings.extent(session, plant, tags)
        for tag in tags if tags is not None else extent:
            first, last = extent.get(tag, (0, -1))
            span = (first if start_us is None else start_us, last + 1 if end_us is None else end_us)
            signal_id = signals[tag].id if tag in extent else -1
            times, values, thinned = reading_envelope.envelope(session, signal_id, *span, max_points, watermark_us)
            found.append(MeasuredSeries(tag, units[tag], times, values, thinned))
    return tuple(found)


def correct(
    context: Context, plant: str, tag: str, time: Any, value: float | None, *, unit: str | None = None
) -> WriteReport:
    """Write what a reading should have been: a new version, the old one stays readable by its watermark.

    Raises: NotFound; InvalidInput, when tag, time, value or unit cannot be read.
    """
    scene, _revision = plants.get(context, plant)
    units, now_us = known_units(context, plant, scene), present_us(context)
    row = {"tag": tag, "time": time, "value": value, "unit": unit}
    batch = read_rows([row], si_units=units, own_units=own_units(scene), now_us=now_us)
    if batch.rejected:
        bad = batch.rejected[0]
        raise InvalidInput(
            [Fault(f"{plant} {tag}", f"{bad.value!r} at {bad.time!r}", bad.detail.removeprefix("need "))]
        )
    with context.sessions.begin() as session:
        received_us = readings.begin_writing(session, plant, now_us)
        ids = readings.signal_ids(session, plant, {tag: units[tag]})
        version = readings.add_version(
            session, ids[tag], int(batch.times_us[0]), float(batch.values[0]), int(batch.quality[0]), received_us
        )
        readings.add_to_count(session, plant, 1 if version == 1 else 0)
        arrivals.note(session, plant, received_us, int(batch.times_us[0]), int(batch.times_us[0]))
    return WriteReport(1, 0, 0)


def status(context: Context, plant: str) -> DataStatus:
    """How fresh a plant's data are, tag by tag."""
    scene, _revision = plants.get(context, plant)
    units = known_units(context, plant, scene)
    with context.sessions() as session:
        signals = readings.signals(session, plant)
        recent = {tag: readings.newest(session, row.id, RECENT) for tag, row in signals.items()}
        waiting = sum(quarantine.counts(session, plant).values())
        known = readings.feed(session, plant)
    newest_us = max((int(item.times_us[-1]) for item in recent.values() if len(item)), default=None)
    found = []
    for tag, unit in units.items():
        item = recent.get(tag)
        if item is None or len(item) == 0 or newest_us is None:
            found.append(TagStatus(tag, unit, stale=newest_us is not None))
            continue
        age_us, last = newest_us - int(item.times_us[-1]), item.values[-1]
        stale = is_periodic(item.times_us) and age_us > GAP_STEPS * usual_spacing_us(item.times_us)
        word = Quality(int(item.quality[-1])).name.lower()
        value = None if last != last else float(last)
        found.append(TagStatus(tag, unit, int(item.times_us[-1]), value, word, age_us / 1e6, stale))
    return DataStatus(plant, newest_us, known[1], waiting, known[0], tuple(found))


def known_units(context: Context, plant: str, scene: Scene) -> dict[str, str]:
    """SI unit of every tag of the scene, and of tags that were stored without being in it."""
    with context.sessions() as session:
        stored = {tag: row.unit for tag, row in readings.signals(session, plant).items()}
    return {**stored, **si_units(context, scene)}
