"""Writes one batch of readings and its rejected rows, inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy.orm import Session

from twin.ingest.time_units import format_instant
from twin.records.batch import ReadingBatch, Reason, Rejected
from twin.store import arrivals, quarantine, reading_rows, readings


@dataclass(frozen=True)
class Written:
    """Counts of one batch."""

    accepted: int
    duplicates: int
    quarantined: int
    received_us: int


def write_batch(
    session: Session, plant: str, batch: ReadingBatch, *, si_units: Mapping[str, str], source: str, now_us: int
) -> Written:
    """Store what is new, pass over what is known, put aside what contradicts or could not be read.

    Args:
        session: Open transaction; the caller commits.
        plant: Name of the plant.
        batch: Readings in SI.
        si_units: SI unit per tag of the batch.
        source: File name or "api", for the quarantine.
        now_us: Present time, UTC microseconds.
    """
    received_us = readings.begin_writing(session, plant, now_us)
    used = [batch.tags[index] for index in np.unique(batch.tag_index)]
    ids = readings.signal_ids(session, plant, {tag: si_units[tag] for tag in used})
    table = np.array([ids.get(tag, -1) for tag in batch.tags], np.int32)
    signal_id = table[batch.tag_index] if len(batch) else np.empty(0, np.int32)
    accepted, conflicts = reading_rows.store(
        session, signal_id, batch.times_us, batch.values, batch.quality, received_us
    )
    readings.add_to_count(session, plant, accepted)
    if accepted:
        arrivals.note(session, plant, received_us, int(batch.times_us.min()), int(batch.times_us.max()))
    rejected = [*batch.rejected, *_contradictions(batch, conflicts, si_units)]
    put_aside = quarantine.put_aside(session, plant, rejected, source=source, received_us=received_us)
    return Written(accepted, len(batch) - accepted - len(conflicts), put_aside, received_us)


def _contradictions(
    batch: ReadingBatch, conflicts: Sequence[tuple[int, float | None]], si_units: Mapping[str, str]
) -> list[Rejected]:
    found = []
    for position, stored in conflicts:
        tag, time_us = batch.tags[batch.tag_index[position]], int(batch.times_us[position])
        unit = si_units[tag]
        has = "a bad reading" if stored is None else f"{stored!r} {unit}"
        value = repr(float(batch.values[position]))
        found.append(
            Rejected(
                int(batch.rows[position]), tag, format_instant(time_us), value, unit, Reason.OTHER_VALUE,
                f"{has} is stored for this time; correct it if this value is right", time_us,
            )
        )  # fmt: skip
    return found
