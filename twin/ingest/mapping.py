"""What a mapping file says: how to read one kind of log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from twin.records.reading import Quality

FUTURE_SLACK_S = 300.0
"""How far ahead of ours a plant's clock may run before its readings count as being from the future."""


class Layout(StrEnum):
    """One column per tag, or one row per reading."""

    WIDE = "wide"
    LONG = "long"


class Ambiguous(StrEnum):
    """Which pass of a local hour that occurs twice is meant."""

    ORDER = "order"
    FIRST = "first"
    SECOND = "second"
    QUARANTINE = "quarantine"


class Nonexistent(StrEnum):
    """What a local time that the change to summer time skipped means."""

    QUARANTINE = "quarantine"
    SHIFT = "shift"


@dataclass(frozen=True)
class TimeRule:
    """How the time of a row is found. Exactly one of these four forms:

    - local or offset text (or a timestamp column): `column`, with `zone` and `format` where it has no offset;
    - `epoch`: whole or broken "s", "ms", "us", "ns" since 1970 in `column`;
    - `elapsed`: seconds (or ms, us, ns, min, h) since `origin_us` in `column`;
    - `every_s`: no column, row k of a stretch is at `origin_us` + k * every_s.
    """

    column: str | None = None
    zone: str | None = None
    format: str | None = None
    epoch: str | None = None
    elapsed: str | None = None
    every_s: float | None = None
    origin_us: int | None = None
    ambiguous: Ambiguous = Ambiguous.ORDER
    nonexistent: Nonexistent = Nonexistent.QUARANTINE


@dataclass(frozen=True)
class Source:
    """One signal of a log: the tag it becomes, the unit it is written in, the column that tells its quality."""

    tag: str
    unit: str
    quality: str | None = None


@dataclass(frozen=True)
class Stretch:
    """A part of a log with a place in time of its own: rows chosen by constants, columns, origin or shift."""

    name: str
    where: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, Source] = field(default_factory=dict)
    origin_us: int | None = None
    shift_us: int = 0


@dataclass(frozen=True)
class CsvRule:
    """How a CSV file is written."""

    delimiter: str = ","
    decimal: str = "."
    thousands: str = ""
    encoding: str = "utf-8"
    skip_rows: int = 0
    skip_rows_after_header: int = 0


@dataclass(frozen=True)
class LongColumns:
    """Names of the columns of a long log."""

    tag: str
    value: str
    unit: str | None = None
    quality: str | None = None


@dataclass(frozen=True)
class LogMapping:
    """A whole mapping file.

    Attributes: sources, column name (wide) or historian name (long) → tag and unit; missing, cell texts that mean
    "nothing was recorded"; words, lower-case text → quality; ignore_other_tags, whether rows of historian names that
    are not listed are passed over instead of quarantined; stretches, at least one.
    """

    layout: Layout
    time: TimeRule
    sources: Mapping[str, Source]
    stretches: tuple[Stretch, ...]
    file: str | None = None
    csv: CsvRule = CsvRule()
    long: LongColumns | None = None
    quality_column: str | None = None
    words: Mapping[str, Quality] = field(default_factory=dict)
    missing: tuple[str, ...] = ("",)
    ignore_other_tags: bool = False

    def needed_columns(self) -> tuple[str, ...]:
        """Every column of the file that is read, each once."""
        names: list[str | None] = [self.time.column, self.quality_column]
        if self.long:
            names += [self.long.tag, self.long.value, self.long.unit, self.long.quality]
        for stretch in self.stretches:
            names += stretch.where
            for column, source in self.sources_of(stretch).items() if not self.long else ():
                names += [column, source.quality]
        return tuple(dict.fromkeys(name for name in names if name is not None))

    def sources_of(self, stretch: Stretch) -> Mapping[str, Source]:
        """The signals of one stretch: its own columns, else those of the file."""
        return stretch.columns or self.sources

    def all_sources(self) -> tuple[Source, ...]:
        """Every signal once, by tag."""
        found = {source.tag: source for stretch in self.stretches for source in self.sources_of(stretch).values()}
        return tuple(found.values())
