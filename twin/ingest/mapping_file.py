"""The text of a mapping file → `LogMapping`, with all its faults at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from twin.errors import Fault, InvalidInput
from twin.ingest.mapping import (
    Ambiguous,
    CsvRule,
    Layout,
    LogMapping,
    LongColumns,
    Nonexistent,
    Source,
    Stretch,
    TimeRule,
)
from twin.ingest.mapping_node import Node
from twin.ingest.time_units import MICROSECONDS, parse_instant_us
from twin.records.reading import Quality
from twin.units import UnitError, si_unit

TOP = (
    "file",
    "layout",
    "csv",
    "time",
    "columns",
    "long",
    "tags",
    "other_tags",
    "quality",
    "missing",
    "where",
    "stretches",
)
EPOCHS = ("s", "ms", "us", "ns")


def load(text: str, *, where: str = "mapping.yaml") -> LogMapping:
    """Read a mapping file.

    Args:
        text: YAML.
        where: Name shown in faults.
    Raises: InvalidInput, with every fault: line, what stood there, the rule, the next step.
    """
    try:
        document = YAML(typ="rt", pure=True).load(text)
    except YAMLError as error:
        line = getattr(getattr(error, "problem_mark", None), "line", 0) + 1
        raise InvalidInput([Fault(f"{where}:{line}", str(getattr(error, "problem", error)), "YAML")]) from error
    if not isinstance(document, Mapping):
        raise InvalidInput([Fault(where, "no keys", "a mapping with time and columns", "Try `twin init --from-csv`.")])
    faults: list[Fault] = []
    root = Node(document, "", where, faults)
    mapping = _mapping(root)
    if faults:
        raise InvalidInput(sorted(faults, key=_line))
    return mapping


def _line(fault: Fault) -> int:
    found = re.search(r":(\d+)( |$)", fault.where)
    return int(found[1]) if found else 0


def _mapping(root: Node) -> LogMapping:
    root.only(TOP)
    layout = Layout(root.choice("layout", [item.value for item in Layout], Layout.WIDE.value))
    quality = root.child("quality")
    quality.only(("column", "words"))
    time = _time(root.child("time"), required="time" in root.keys())
    if not time.column and time.every_s is None and "time" not in root.keys():
        root.fault("time", "nothing", "a time rule, e.g. time: {column: datetime, zone: UTC}")
    return LogMapping(
        layout=layout,
        time=time,
        sources=_sources(root, "columns" if layout is Layout.WIDE else "tags"),
        stretches=_stretches(root, layout, time),
        file=root.choice("file", ["csv", "parquet"], None),
        csv=_csv(root.child("csv")),
        long=_long(root) if layout is Layout.LONG else None,
        quality_column=quality.text("column"),
        words=_words(quality.child("words")),
        missing=tuple(dict.fromkeys(["", *root.texts("missing")])),
        ignore_other_tags=root.choice("other_tags", ["quarantine", "ignore"], "quarantine") == "ignore",
    )


def _time(node: Node, *, required: bool) -> TimeRule:
    node.only(("column", "zone", "format", "epoch", "elapsed", "every_s", "origin", "ambiguous", "nonexistent"))
    rule = TimeRule(
        column=node.text("column"),
        zone=node.zone("zone"),
        format=node.text("format"),
        epoch=node.choice("epoch", list(EPOCHS), None),
        elapsed=node.choice("elapsed", list(MICROSECONDS), None),
        every_s=node.positive("every_s"),
        origin_us=_origin(node),
        ambiguous=Ambiguous(node.choice("ambiguous", [item.value for item in Ambiguous], Ambiguous.ORDER.value)),
        nonexistent=Nonexistent(
            node.choice("nonexistent", [item.value for item in Nonexistent], Nonexistent.QUARANTINE.value)
        ),
    )
    if not required:
        return rule
    if (rule.column is None) == (rule.every_s is None):
        node.fault("", "both or none of column and every_s", "exactly one of them")
    if rule.epoch and rule.elapsed:
        node.fault("epoch", "epoch and elapsed", "one of them")
    return rule


def _origin(node: Node) -> int | None:
    text = node.text("origin")
    if text is None:
        return None
    origin_us = parse_instant_us(text)
    if origin_us is None:
        node.fault("origin", text, "a time with its offset, e.g. 2020-01-01T00:00:00Z")
    return origin_us


def _csv(node: Node) -> CsvRule:
    node.only(("delimiter", "decimal", "thousands", "encoding", "skip_rows", "skip_rows_after_header"))
    delimiter = node.text("delimiter") or ","
    if len(delimiter) != 1:
        node.fault("delimiter", repr(delimiter), "one character")
    decimal = node.choice("decimal", [".", ","], ".") or "."
    if decimal == delimiter:
        node.fault("decimal", repr(decimal), f"another character than the delimiter {delimiter!r}")
    encoding = node.text("encoding") or "utf-8"
    try:
        "".encode(encoding)
    except LookupError:
        node.fault("encoding", encoding, "a known encoding, e.g. utf-8 or cp1252")
    return CsvRule(
        delimiter,
        decimal,
        node.text("thousands") or "",
        encoding,
        node.count("skip_rows"),
        node.count("skip_rows_after_header"),
    )


def _long(root: Node) -> LongColumns | None:
    node = root.child("long")
    node.only(("tag", "value", "unit", "quality"))
    tag, value = node.text("tag"), node.text("value")
    if tag is None or value is None:
        root.fault("long", "no tag or value column", "long: {tag: <column>, value: <column>}")
        return None
    return LongColumns(tag, value, node.text("unit"), node.text("quality"))


def _sources(root: Node, key: str) -> dict[str, Source]:
    found: dict[str, Source] = {}
    node = root.child(key)
    for name in node.keys():
        entry = node.child(name)
        entry.only(("tag", "unit", "quality"))
        unit = entry.text("unit")
        if unit is None:
            entry.fault("unit", "nothing", 'a unit, e.g. bar, "1" for a pure number')
        elif _unknown(unit):
            entry.fault("unit", unit, "a unit that we know", "Units are written as in `twin init`, e.g. L/min, degC.")
        found[name] = Source(entry.text("tag") or name, unit or "1", entry.text("quality"))
    _each_tag_once(node, found)
    return found


def _each_tag_once(node: Node, found: Mapping[str, Source]) -> None:
    first: dict[str, str] = {}
    for name, source in found.items():
        if first.setdefault(source.tag, name) != name:
            node.fault(name, source.tag, f"a tag of its own; {first[source.tag]} already feeds it")


def _unknown(unit: str) -> bool:
    try:
        si_unit(unit)
    except UnitError:
        return True
    return False


def _stretches(root: Node, layout: Layout, time: TimeRule) -> tuple[Stretch, ...]:
    where, node = root.child("where").constants(), root.child("stretches")
    if not node.keys():
        if layout is Layout.WIDE and not root.child("columns").keys():
            root.fault("columns", "nothing", "column → tag and unit")
        if layout is Layout.LONG and not root.child("tags").keys():
            root.fault("tags", "nothing", "historian name → tag and unit")
        _needs_origin(root.child("time"), time, time.origin_us)
        return (Stretch("", where, origin_us=time.origin_us),)
    found = []
    for name in node.keys():
        entry = node.child(name)
        entry.only(("where", "columns", "origin", "shift_s"))
        own = _sources(entry, "columns")
        if not own and layout is Layout.WIDE and not root.child("columns").keys():
            entry.fault("columns", "nothing", "column → tag and unit, here or for the whole file")
        origin_us = _origin(entry)
        origin_us = time.origin_us if origin_us is None else origin_us
        _needs_origin(entry, time, origin_us)
        shift_us = round((entry.number("shift_s") or 0.0) * 1e6)
        found.append(Stretch(name, {**where, **entry.child("where").constants()}, own, origin_us, shift_us))
    return tuple(found)


def _needs_origin(node: Node, time: TimeRule, origin_us: int | None) -> None:
    if (time.elapsed or time.every_s) and origin_us is None:
        node.fault("origin", "nothing", "the time of zero, e.g. origin: 2020-01-01T00:00:00Z")


def _words(node: Node) -> dict[str, Quality]:
    found = {}
    for word in node.keys():
        choice = node.choice(word, [item.name.lower() for item in Quality], None)
        if choice is not None:
            found[word.strip().lower()] = Quality[choice.upper()]
    return found


def tag_faults(mapping: LogMapping, si_units: Mapping[str, str], *, where: str = "mapping.yaml") -> list[Fault]:
    """Faults of a mapping against a plant: units that do not measure what the plant's tag measures.

    Args:
        mapping: The mapping file.
        si_units: SI unit of each tag that the plant knows; other tags are stored unbound.
        where: Name shown in faults.
    """
    from twin.units import conversion

    faults = []
    for source in mapping.all_sources():
        try:
            conversion(source.unit, si_units.get(source.tag) or si_unit(source.unit))
        except UnitError as error:
            need = f"a unit of {si_units[source.tag]}, which the plant's tag measures"
            faults.append(Fault(f"{where} {source.tag}", str(error.unit), need, "Correct the unit or the tag."))
    return faults


def as_document(mapping: Mapping[str, Any]) -> str:
    """A mapping as YAML text, keys in the order given."""
    from io import StringIO

    out = StringIO()
    yaml = YAML()
    yaml.width = 120
    yaml.dump(dict(mapping), out)
    return out.getvalue()
