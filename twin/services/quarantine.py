"""Use cases of the quarantine: what waits, and how a row comes in after all."""

from __future__ import annotations

from typing import Any

from twin.errors import Conflict, Fault, InvalidInput, NotFound
from twin.ingest.json_rows import read_rows
from twin.ingest.time_units import format_instant
from twin.records.batch import ReadingBatch
from twin.records.series import QuarantinedRow
from twin.services import plants
from twin.services.clock import now_us
from twin.services.context import Context
from twin.services.readings import known_units
from twin.services.tags import own_units
from twin.store import arrivals, quarantine, readings


def listed(
    context: Context, plant: str, *, after: int = 0, limit: int = 100, resolved: bool = False
) -> tuple[QuarantinedRow, ...]:
    """Rows in order of arrival, those still waiting or (`resolved`) all; `after` is the last id seen."""
    plants.get(context, plant)
    with context.sessions() as session:
        return tuple(
            _record(row) for row in quarantine.listed(session, plant, after=after, limit=limit, resolved=resolved)
        )


def reasons(context: Context, plant: str) -> dict[str, int]:
    """How many rows wait, by reason."""
    plants.get(context, plant)
    with context.sessions() as session:
        return quarantine.counts(session, plant)


def correct(
    context: Context,
    plant: str,
    row_id: int,
    *,
    value: float | None = None,
    time: Any = None,
    tag: str | None = None,
    unit: str | None = None,
) -> QuarantinedRow:
    """Bring a row in; what is left out is taken from the row.

    Where the time already has a reading, the corrected value becomes its next version.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        row_id: The row's id in the quarantine.
        value: The right value, by default the row's own.
        time: ISO 8601 with offset or aware datetime, by default the row's own where it was readable.
        tag: By default the row's own.
        unit: Unit of `value`, by default the tag's own if a value is given, else the row's.
    Raises: NotFound; Conflict, when the row was resolved before; InvalidInput, when it still is no reading.
    """
    scene, _revision = plants.get(context, plant)
    units, present_us = known_units(context, plant, scene), now_us(context)
    with context.sessions.begin() as session:
        received_us = readings.begin_writing(session, plant, present_us)
        row = _waiting(quarantine.find(session, plant, row_id), row_id)
        wanted = {
            "tag": tag or row.tag,
            "time": time if time is not None else _own_time(row),
            "value": row.value if value is None else value,
            "unit": unit or (row.unit or None if value is None else None),
        }
        batch = read_rows([wanted], si_units=units, own_units=own_units(scene), now_us=present_us)
        _refuse(row_id, batch)
        ids = readings.signal_ids(session, plant, {batch.tags[0]: units[batch.tags[0]]})
        version = readings.add_version(
            session,
            ids[batch.tags[0]],
            int(batch.times_us[0]),
            float(batch.values[0]),
            int(batch.quality[0]),
            received_us,
        )
        readings.add_to_count(session, plant, 1 if version == 1 else 0)
        arrivals.note(session, plant, received_us, int(batch.times_us[0]), int(batch.times_us[0]))
        row.resolved_us, row.resolution = received_us, f"corrected: {wanted['value']} as version {version}"
        return _record(row)


def dismiss(context: Context, plant: str, row_id: int) -> QuarantinedRow:
    """Set a row aside for good: it was looked at and nothing of it comes in.

    Raises: NotFound; Conflict, when the row was resolved before.
    """
    with context.sessions.begin() as session:
        row = _waiting(quarantine.find(session, plant, row_id), row_id)
        row.resolved_us, row.resolution = now_us(context), "dismissed"
        return _record(row)


def _waiting(row: quarantine.QuarantineRow | None, row_id: int) -> quarantine.QuarantineRow:
    if row is None:
        raise NotFound("quarantined row", str(row_id))
    if row.resolved_us is not None:
        raise Conflict(f"quarantined row {row_id}: {row.resolution} already.")
    return row


def _own_time(row: quarantine.QuarantineRow) -> str:
    return row.time if row.time_us is None else format_instant(row.time_us)


def _refuse(row_id: int, batch: ReadingBatch) -> None:
    if batch.rejected:
        bad = batch.rejected[0]
        got = f"tag {bad.tag!r}, time {bad.time!r}, value {bad.value!r}, unit {bad.unit!r}"
        need = bad.detail.removeprefix("need ")
        raise InvalidInput([Fault(f"quarantined row {row_id}", got, need, "Give what is missing with the correction.")])


def _record(row: quarantine.QuarantineRow) -> QuarantinedRow:
    return QuarantinedRow(
        row.id, row.source, row.row or None, row.tag, row.time, row.value, row.unit, row.reason, row.detail,
        row.received_us, row.resolved_us is not None and row.resolution != "dismissed", row.resolution,
    )  # fmt: skip
