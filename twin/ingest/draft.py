"""A first plant file and mapping file from nothing but a log."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from twin.errors import Fault, InvalidInput
from twin.ingest.guess_columns import (
    QUALITY_WORDS,
    TAG_WORDS,
    UNIT_WORDS,
    VALUE_WORDS,
    Column,
    Role,
    guess_columns,
    guess_time,
    split_unit,
)  # fmt: skip
from twin.ingest.guess_file import Sample, read_sample
from twin.ingest.mapping import CsvRule, TimeRule

UNKNOWN_UNIT = "1"


@dataclass(frozen=True)
class Signal:
    """A signal that the draft lists: its name in the log, tag, unit (None: to be filled in) and the range seen."""

    name: str
    tag: str
    unit: str | None
    low: float
    high: float


@dataclass(frozen=True)
class Draft:
    """Texts of both files, and what the reader should look at first."""

    plant_text: str
    mapping_text: str
    signals: tuple[Signal, ...]
    remarks: tuple[str, ...]


def draft(path: Path, plant: str, types: Sequence[str]) -> Draft:
    """Draft plant.yaml and mapping.yaml from the first rows of a log.

    Args:
        path: CSV or Parquet file.
        plant: Name of the plant to be.
        types: Component types that the comments offer.
    Raises: InvalidInput, when no column reads as time or none holds numbers.
    """
    sample = read_sample(path)
    columns = guess_columns(sample)
    rule = guess_time(sample, columns)
    long = _long_columns(columns)
    signals = _long_signals(sample, long) if long else _wide_signals(columns, rule)
    faults = []
    if rule is None:
        names = ", ".join(column.name for column in columns[:12])
        faults.append(
            Fault(path.name, f"columns {names}", "a column with times", "Write mapping.yaml with time: {every_s: …}.")
        )
    if not signals:
        faults.append(Fault(path.name, "no column of numbers", "at least one"))
    if faults or rule is None:
        raise InvalidInput(faults)
    texts = [column for column in columns if column.role is Role.TEXT and column.name != rule.column]
    remarks = _remarks(rule, signals, [] if long else texts)
    return Draft(
        _plant_text(plant, signals, types), _mapping_text(sample, rule, long, signals, texts), signals, remarks
    )


def _long_columns(columns: Sequence[Column]) -> dict[str, str] | None:
    """Columns of a long log by their role, None where the log is wide."""
    found: dict[str, str] = {}
    words = (("tag", TAG_WORDS), ("value", VALUE_WORDS), ("unit", UNIT_WORDS), ("quality", QUALITY_WORDS))
    for column in columns:
        for role, pattern in words:
            if (
                role not in found
                and pattern.search(column.name.strip())
                and (role != "tag" or column.role is Role.TEXT)
            ):
                found[role] = column.name
    return found if "tag" in found and "value" in found else None


def _wide_signals(columns: Sequence[Column], rule: TimeRule | None) -> tuple[Signal, ...]:
    numbers = [
        column for column in columns if column.role is Role.NUMBER and (rule is None or column.name != rule.column)
    ]
    tags = _distinct([column.tag for column in numbers])
    return tuple(
        Signal(column.name, tag, column.unit, column.low, column.high)
        for column, tag in zip(numbers, tags, strict=True)
    )


def _long_signals(sample: Sample, long: dict[str, str]) -> tuple[Signal, ...]:
    table = sample.table
    names = table.column(long["tag"]).combine_chunks().cast(pa.string())
    units = table.column(long["unit"]).cast(pa.string()).to_pylist() if "unit" in long else [None] * len(table)
    seen = dict(zip(reversed(names.to_pylist()), reversed(units), strict=True))
    ordered = [name for name in dict.fromkeys(names.to_pylist()) if name]
    return tuple(
        Signal(name, split_unit(name)[0], seen[name] or split_unit(name)[1], np.nan, np.nan) for name in ordered
    )


def _distinct(tags: list[str]) -> list[str]:
    """The same tags with a number behind those that occur again."""
    found: list[str] = []
    for tag in tags:
        count = sum(other == tag or re.fullmatch(re.escape(tag) + r" \d+", other) is not None for other in found)
        found.append(f"{tag} {count + 1}" if count else tag)
    return found


def _remarks(rule: TimeRule, signals: Sequence[Signal], texts: Sequence[Column]) -> tuple[str, ...]:
    form = f" as {rule.format}" if rule.format else f", elapsed {rule.elapsed}" if rule.elapsed else ""
    found = [f"time: column {rule.column!r}{form}"]
    if rule.elapsed:
        found.append("set time.origin in mapping.yaml: the moment when the log's time is zero")
    unclear = [signal.tag for signal in signals if signal.unit is None]
    if unclear:
        found.append(f"units to fill in: {', '.join(unclear)}")
    found += [
        f"text column {column.name!r}: {', '.join(column.distinct[:4])}; usable under `where`" for column in texts
    ]
    return tuple(found)


def _quoted(text: str) -> str:
    """A text as it may stand in YAML."""
    return (
        text
        if re.fullmatch(r"[A-Za-z_][\w./-]*", text) and text.lower() not in YAML_WORDS
        else json.dumps(text, ensure_ascii=False)
    )


YAML_WORDS = ("y", "n", "yes", "no", "on", "off", "true", "false", "null", "none")


def _seen(signal: Signal) -> str:
    return "" if np.isnan(signal.low) else f"seen {signal.low:.6g} to {signal.high:.6g}; "


def _plant_text(plant: str, signals: Sequence[Signal], types: Sequence[str]) -> str:
    lines = [
        "# A draft: every tag is stored and shown already. Fill in assets, join their ports, say what tags measure.",
        f"plant: {_quoted(plant)}",
        'site: {name: "", time_zone: UTC}      # e.g. Europe/Berlin',
        "assets: []",
        *textwrap.wrap(f"component types: {', '.join(types)}", 116, initial_indent="# ", subsequent_indent="#   "),
        "#   - {id: hall/line/pump-1, type: centrifugal_pump, parameters: {head_shutoff_m: 12.0}}",
        "connections: []",
        "#   - [hall/line/tank-1.bottom, hall/line/pump-1.inlet]",
        "sensors:",
    ]
    for signal in signals:
        unit = _quoted(UNKNOWN_UNIT if signal.unit is None else signal.unit)
        note = ("unit? " if signal.unit is None else "") + _seen(signal)
        lines.append(f"  - {{tag: {_quoted(signal.tag)}, unit: {unit}}}      # {note}measures: <asset>.<quantity>")
    lines += [
        "inputs: []      # a tag that is a command moves from sensors to here:",
        "#   - {tag: ET-101, drives: hall/line/supply.voltage_v, unit: V, interpolation: step}",
    ]
    return "\n".join(lines) + "\n"


def _mapping_text(
    sample: Sample, rule: TimeRule, long: dict[str, str] | None, signals: Sequence[Signal], texts: Sequence[Column]
) -> str:
    lines = ["# How to read this log. Tags are those of plant.yaml."]
    if long:
        lines += [
            "layout: long",
            "long: {" + ", ".join(f"{role}: {_quoted(name)}" for role, name in long.items()) + "}",
        ]
    lines += _csv_lines(sample.rule) if not sample.parquet else []
    lines.append(_time_line(rule))
    if not long:
        lines += [
            f"# where: {{{_quoted(column.name)}: {_quoted((column.distinct or ('',))[0])}}}" for column in texts[:3]
        ]
    lines.append("tags:" if long else "columns:")
    for signal in signals:
        note = "      # unit?" if signal.unit is None else ""
        unit = UNKNOWN_UNIT if signal.unit is None else signal.unit
        lines.append(f"  {_quoted(signal.name)}: {{tag: {_quoted(signal.tag)}, unit: {_quoted(unit)}}}{note}")
    return "\n".join(lines) + "\n"


def _csv_lines(rule: CsvRule) -> list[str]:
    plain = CsvRule()
    keys = ("delimiter", "decimal", "thousands", "encoding")
    own = [f"{key}: {json.dumps(getattr(rule, key))}" for key in keys if getattr(rule, key) != getattr(plain, key)]
    return ["csv: {" + ", ".join(own) + "}"] if own else []


def _time_line(rule: TimeRule) -> str:
    parts = [f"column: {_quoted(rule.column or '')}"]
    if rule.format:
        parts.append(f"format: {json.dumps(rule.format)}")
    if rule.epoch:
        parts.append(f"epoch: {rule.epoch}")
    if rule.elapsed:
        parts += [f"elapsed: {rule.elapsed}", "origin: 2020-01-01T00:00:00Z"]
    text = "time: {" + ", ".join(parts) + "}"
    local = not rule.epoch and not rule.elapsed
    return text + ("      # local times: add zone: Europe/Berlin; default is the site's time zone" if local else "")
