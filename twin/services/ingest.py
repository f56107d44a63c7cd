"""Use case: take a log file in, once, whatever happens meanwhile."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from twin.errors import Conflict, Fault, InvalidInput, NotFound
from twin.ingest.log import read_log
from twin.ingest.mapping import LogMapping
from twin.ingest.mapping_file import load, tag_faults
from twin.records.batch import LogPiece, Rejected
from twin.records.ingest import IngestReport, StretchExtent
from twin.services import plants
from twin.services.clock import now_us as present_us
from twin.services.context import Context, Progress, silent
from twin.services.reading_writer import write_batch
from twin.services.tags import si_units
from twin.store import ingests, readings
from twin.units import si_unit

HOPELESS_ROWS = 1000
"""So many rejected rows in a first piece without one good reading: the mapping is wrong, not the data."""


def ingest(
    context: Context,
    plant: str,
    path: Path,
    mapping_text: str,
    *,
    source: str | None = None,
    mapping_name: str = "mapping.yaml",
    progress: Progress = silent,
) -> IngestReport:
    """Read a log file into a plant's readings; go on where a killed reading of the same file stopped.

    Each piece of the file is committed together with the note of how far it went, so nothing is lost or doubled.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        path: CSV or Parquet file.
        mapping_text: Text of the mapping file.
        source: The file's name for people, by default its own.
        mapping_name: The mapping file's name, for faults.
        progress: Told after each piece; may raise Cancelled, then what was committed stays.
    Raises: NotFound; InvalidInput, with all faults of mapping and columns; Conflict, when another process reads the
        same file now.
    """
    scene, _revision = plants.get(context, plant)
    if not path.is_file():
        raise NotFound("file", str(path))
    mapping = load(mapping_text, where=mapping_name)
    known = si_units(context, scene)
    units = _units(context, plant, mapping, known, mapping_name)
    row = _begin(context, plant, path, mapping_text, source or path.name)
    resumed = row.rows_done > 0 and row.finished_us is None
    if row.finished_us is None:
        now_us = present_us(context)
        pieces = read_log(
            path, mapping, si_units=units, site_zone=scene.site.time_zone, now_us=now_us,
            rows_done=row.rows_done, state=row.state,
        )  # fmt: skip
        for piece in pieces:
            row = _commit(context, row, piece, units)
            progress(piece.share, f"{row.rows_done:,} rows")
        row = _finish(context, row)
    return _report(row, tuple(tag for tag in units if tag not in known), resumed=resumed)


def history(context: Context, plant: str) -> tuple[IngestReport, ...]:
    """Every file that was read or begun, newest first."""
    plants.get(context, plant)
    with context.sessions() as session:
        return tuple(_report(row, (), resumed=False) for row in ingests.listed(session, plant))


def stretches(context: Context, plant: str) -> dict[str, StretchExtent]:
    """Where the named stretches of all ingested logs lie, by name."""
    reports = reversed(history(context, plant))
    return {stretch.name: stretch for report in reports for stretch in report.stretches if stretch.name}


def _units(context: Context, plant: str, mapping: LogMapping, known: Mapping[str, str], name: str) -> dict[str, str]:
    """SI unit of every tag of the mapping; tags that the plant does not know keep what was stored before."""
    with context.sessions() as session:
        stored = {tag: row.unit for tag, row in readings.signals(session, plant).items()}
    faults = tag_faults(mapping, {**stored, **known}, where=name)
    if faults:
        raise InvalidInput(faults)
    units = {source.tag: known.get(source.tag) or stored.get(source.tag) for source in mapping.all_sources()}
    return {source.tag: units[source.tag] or si_unit(source.unit) for source in mapping.all_sources()}


def _begin(context: Context, plant: str, path: Path, mapping_text: str, source: str) -> ingests.IngestRow:
    with path.open("rb") as file:
        file_hash = hashlib.file_digest(file, "sha256").hexdigest()
    mapping_hash = hashlib.sha256(mapping_text.encode()).hexdigest()
    with context.sessions.begin() as session:
        readings.begin_writing(session, plant, present_us(context))
        row = ingests.find(session, plant, file_hash, mapping_hash)
        if row is None:
            row = ingests.IngestRow(
                plant=plant, file_hash=file_hash, mapping_hash=mapping_hash, source=source, rows_done=0, accepted=0,
                duplicates=0, quarantined=0, share=0.0, state={}, started_us=present_us(context), finished_us=None,
            )  # fmt: skip
            session.add(row)
    return row


def _commit(context: Context, row: ingests.IngestRow, piece: LogPiece, units: Mapping[str, str]) -> ingests.IngestRow:
    """Write one piece and the note of it in one transaction."""
    _refuse_hopeless(row, piece)
    with context.sessions.begin() as session:
        now_us = present_us(context)
        written = write_batch(session, row.plant, piece.batch, si_units=units, source=row.source, now_us=now_us)
        values = {
            "rows_done": piece.rows_done,
            "accepted": row.accepted + written.accepted,
            "duplicates": row.duplicates + written.duplicates,
            "quarantined": row.quarantined + written.quarantined,
            "share": piece.share,
            "state": piece.state,
        }
        if not ingests.advance(session, row.id, from_rows=row.rows_done, values=values):
            raise Conflict(f"{row.source}: another process is reading this file into {row.plant!r} now. Let it finish.")
    for name, value in values.items():
        setattr(row, name, value)
    return row


def _refuse_hopeless(row: ingests.IngestRow, piece: LogPiece) -> None:
    """A first piece in which nothing can be read is the mapping's fault: say so and write nothing."""
    rejected = piece.batch.rejected
    if row.rows_done or len(piece.batch) or len(rejected) < HOPELESS_ROWS:
        return
    first = {item.reason: item for item in reversed(rejected)}
    raise InvalidInput([_as_fault(row.source, item) for item in first.values()])


def _as_fault(source: str, item: Rejected) -> Fault:
    place = f"{source} row {item.row} {item.tag}".rstrip()
    got = f"{item.value!r} at {item.time!r} ({item.reason.value})"
    return Fault(place, got, item.detail.removeprefix("need "), "Correct the mapping file.")


def _finish(context: Context, row: ingests.IngestRow) -> ingests.IngestRow:
    finished_us = present_us(context)
    with context.sessions.begin() as session:
        ingests.advance(session, row.id, from_rows=row.rows_done, values={"finished_us": finished_us, "share": 1.0})
    row.finished_us = finished_us
    return row


def _report(row: ingests.IngestRow, unbound: tuple[str, ...], *, resumed: bool) -> IngestReport:
    found = tuple(
        StretchExtent(name, low, high + 1, count) for name, (low, high, count) in row.state.get("extents", {}).items()
    )
    return IngestReport(
        row.plant, row.id, row.source, row.rows_done, row.accepted, row.duplicates, row.quarantined,
        found, unbound, resumed, row.finished_us is not None,
    )  # fmt: skip


def _now_us(context: Context) -> int:
    return int(context.clock().timestamp() * 1e6)


def _job_step(context: Context, state: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """The one step of an ingest job: `file` and `mapping` are paths, absolute or below the home folder."""
    file, mapping = (context.home / state[key] for key in ("file", "mapping"))
    report = ingest(context, state["plant"], file, mapping.read_text(), source=state.get("source"), progress=progress)
    return {**state, "result": asdict(report)}


STEPS: Sequence[tuple[str, Callable[[Context, dict[str, Any], Progress], dict[str, Any]]]] = (("ingest", _job_step),)
"""Steps of the durable job: a step that was cut goes on where it stopped."""
