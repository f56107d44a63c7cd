"""A file of plant events → records, with all its faults at once."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

from twin.errors import Fault, InvalidInput
from twin.ingest.time_units import EPOCH
from twin.records.event import EventKind, PlantEvent

NEEDED = ("kind", "start")
KNOWN = (*NEEDED, "asset", "end", "text")


def read_events(text: str, *, assets: Collection[str], zone: str, name: str) -> tuple[PlantEvent, ...]:
    """Read events from CSV text with the columns kind, start and, if wanted, asset, end and text.

    Args:
        text: The file's text; comma or semicolon between fields.
        assets: Ids of assets (and of the branches of their tree) that an event may name; "" is the whole plant.
        zone: Time zone of times without offset.
        name: File name shown in faults.
    Raises: InvalidInput, with every fault of every line.
    """
    head = text.lstrip("\ufeff").partition("\n")[0]
    delimiter = ";" if head.count(";") > head.count(",") else ","
    rows = csv.DictReader(StringIO(text.lstrip("\ufeff")), delimiter=delimiter, skipinitialspace=True)
    columns = [column.strip().lower() for column in rows.fieldnames or []]
    rows.fieldnames = columns
    faults = [
        Fault(f"{name}:1", f"no column {key!r}", f"the columns {', '.join(KNOWN)}")
        for key in NEEDED
        if key not in columns
    ]
    faults += [
        Fault(f"{name}:1", f"column {key!r}", f"one of {', '.join(KNOWN)}") for key in columns if key not in KNOWN
    ]
    if faults:
        raise InvalidInput(faults)
    found = [_event(row, f"{name}:{rows.line_num}", assets, zone, faults) for row in rows]
    if faults:
        raise InvalidInput(faults)
    return tuple(event for event in found if event is not None)


def check_event(event: PlantEvent, *, assets: Collection[str], where: str) -> list[Fault]:
    """Rules of one event: an asset that exists, an end not before the start."""
    faults = []
    if event.asset and event.asset not in assets:
        close = ", ".join(sorted(assets)[:8])
        faults.append(
            Fault(f"{where} asset", repr(event.asset), "an asset of the plant, or nothing", f"Known: {close}.")
        )
    if event.end_us is not None and event.end_us < event.start_us:
        faults.append(Fault(f"{where} end", "a time before the start", "end ≥ start"))
    return faults


def asset_branches(assets: Collection[str]) -> set[str]:
    """Every asset id and every branch above: "a/b/c" gives also "a/b" and "a"."""
    parts = [asset.split("/") for asset in assets]
    return {"/".join(names[:depth]) for names in parts for depth in range(1, len(names) + 1)}


def _event(
    row: Mapping[str | None, str | None], where: str, assets: Collection[str], zone: str, faults: list[Fault]
) -> PlantEvent | None:
    cells = {str(key): (value or "").strip() for key, value in row.items() if isinstance(value, str)}
    if None in row:
        faults.append(Fault(where, "more fields than columns", "one field per column", "Quote texts that hold commas."))
        return None
    before = len(faults)
    kind = cells.get("kind", "").lower().replace(" ", "_").replace("-", "_")
    if kind not in list(EventKind):
        faults.append(Fault(f"{where} kind", repr(cells.get("kind", "")), f"one of {', '.join(EventKind)}"))
    start_us, end_us = (_time(cells.get(key, ""), f"{where} {key}", zone, faults) for key in ("start", "end"))
    if not cells.get("start"):
        faults.append(Fault(f"{where} start", "nothing", "a time"))
    if len(faults) > before or start_us is None:
        return None
    event = PlantEvent(EventKind(kind), cells.get("asset", ""), start_us, end_us, cells.get("text", ""))
    wrong = check_event(event, assets=assets, where=where)
    faults.extend(wrong)
    return None if wrong else event


def _time(cell: str, where: str, zone: str, faults: list[Fault]) -> int | None:
    if not cell:
        return None
    try:
        instant = datetime.fromisoformat(cell)
    except ValueError:
        faults.append(Fault(where, repr(cell), "ISO 8601, e.g. 2026-03-02T06:00:00Z"))
        return None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=ZoneInfo(zone))
        first, second = instant.utcoffset(), instant.replace(fold=1).utcoffset()
        if first != second:
            faults.append(Fault(where, repr(cell), f"a time that occurs once in {zone}", "Give it with its offset."))
            return None
    return (instant - EPOCH) // timedelta(microseconds=1)
