"""Looks at a day's log before anyone learns from it: what is missing, what stands still, which clock jumped.

A tag is expected to report at the spacing that most of its readings share. Readings that repeat to the last digit for
long are a frozen sensor where the plant file says that the sensor is noisy. A clock that was set back leaves two
readings where one is usual, in most tags at once; one that was set forward leaves a gap in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from twin.records.batch import TagSeries
from twin.records.night import DayQuality, Exclusion
from twin.records.reading import Quality

LEARN_SHARE = 0.25
"""Less than a quarter of a day's readings says too little of how the plant ran."""
WHOLE_SHARE = 0.9
"""Below this share the report says how much of the day is there."""
DEAD_SHARE = 0.05
"""A tag with fewer of its readings is dead."""
GAP_S = 3600.0
"""Shorter silences are told in the table only."""
STUCK_S, STUCK_READINGS = 1800.0, 20
"""A noisy sensor that repeats its value for so long, and so often, is frozen."""
CLOSE = 0.75
"""Spacings below so much of the usual one mean two readings where one is usual."""
CLOSE_RUN = 10
"""So many close spacings in a row are no jitter."""
MOST_TAGS = 0.5
"""What happens to more than half of the tags at once is the logger's, not a sensor's."""

Span = tuple[int, int]


def assess(
    sensors: Sequence[TagSeries], noise_sd: Mapping[str, float], *, start_us: int, end_us: int, spacing_us: float
) -> DayQuality:
    """Judge a day's readings.

    Args:
        sensors: Readings of each sensor tag within the day.
        noise_sd: Of each tag, SI; 0 where the plant file does not say.
        start_us: The day's first microsecond.
        end_us: The next day's first.
        spacing_us: Usual time between readings, for tags with too few to tell.
    """
    rows = tuple(_tag(series, noise_sd.get(series.tag, 0.0), start_us, end_us, spacing_us) for series in sensors)
    share = float(np.mean([row["good"] for row in rows])) if rows else 0.0
    doubled = _common([_close_spans(series, row["spacing_us"]) for series, row in zip(sensors, rows, strict=True)])
    silent = _common([_silent_spans(series, start_us, end_us) for series in sensors])
    exclusions = [Exclusion("", first, last, "the clock was set back") for first, last in doubled]
    exclusions += [
        Exclusion(row["tag"], row["stuck_us"][0], row["stuck_us"][1], "the reading stood still")
        for row in rows
        if row["stuck_s"] > 0
    ]
    notes = [*_notes(share, rows), *(_span_note(span, doubled=True) for span in doubled)]
    if share > 0:
        notes += [_span_note(span, doubled=False) for span in silent]
    return DayQuality(rows, share, tuple(notes), tuple(exclusions), share >= LEARN_SHARE)


def _tag(series: TagSeries, noise_sd: float, start_us: int, end_us: int, spacing_us: float) -> dict[str, Any]:
    good = (series.quality == Quality.GOOD) & np.isfinite(series.values)
    own = float(np.median(np.diff(series.times_us))) if len(series) > STUCK_READINGS else spacing_us
    expected = max(1.0, (end_us - start_us) / own)
    gaps = np.diff(np.concatenate([[start_us], series.times_us[good], [end_us]]))
    stuck = _stuck(series.times_us[good], series.values[good]) if noise_sd > 0 else (0, 0)
    return {
        "tag": series.tag,
        "share": min(1.0, len(series) / expected),
        "good": min(1.0, float(good.sum()) / expected),
        "longest_gap_s": float(gaps.max()) / 1e6,
        "stuck_s": (stuck[1] - stuck[0]) / 1e6,
        "stuck_us": list(stuck),
        "spacing_us": own,
    }


def _stuck(times_us: NDArray[np.int64], values: NDArray[np.float64]) -> Span:
    """The longest stretch of equal values, (0, 0) where it is short."""
    edges = np.flatnonzero(np.diff(values) != 0)
    firsts, lasts = np.concatenate([[0], edges + 1]), np.concatenate([edges, [len(values) - 1]])
    if len(values) == 0:
        return 0, 0
    longest = int(np.argmax(times_us[lasts] - times_us[firsts]))
    first, last = firsts[longest], lasts[longest]
    lasting = (times_us[last] - times_us[first]) / 1e6
    if lasting < STUCK_S or last - first + 1 < STUCK_READINGS:
        return 0, 0
    return int(times_us[first]), int(times_us[last]) + 1


def _close_spans(series: TagSeries, spacing_us: float) -> list[Span]:
    """Stretches in which readings come much closer than usual."""
    close = np.diff(series.times_us) < CLOSE * spacing_us
    edges = np.flatnonzero(np.diff(np.concatenate(([False], close, [False])).astype(np.int8)))
    long = [(first, last) for first, last in edges.reshape(-1, 2) if last - first >= CLOSE_RUN]
    return [(int(series.times_us[first]), int(series.times_us[last]) + 1) for first, last in long]


def _silent_spans(series: TagSeries, start_us: int, end_us: int) -> list[Span]:
    """Stretches without a reading."""
    times = np.concatenate([[start_us], series.times_us, [end_us]])
    long = np.flatnonzero(np.diff(times) >= GAP_S * 1e6)
    return [(int(times[at]), int(times[at + 1])) for at in long]


def _common(spans: Sequence[Sequence[Span]]) -> list[Span]:
    """Stretches that lie in the spans of most tags."""
    edges = sorted({edge for own in spans for span in own for edge in span})
    found: list[Span] = []
    for first, last in zip(edges[:-1], edges[1:], strict=True):
        inside = sum(any(a <= first and last <= b for a, b in own) for own in spans)
        if inside <= MOST_TAGS * len(spans):
            continue
        if found and found[-1][1] == first:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _notes(share: float, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    if share == 0:
        return ["No usable reading arrived."]
    notes = [] if share >= WHOLE_SHARE else [f"Only {100 * share:.0f} % of the day's readings are usable."]
    dead = [row["tag"] for row in rows if row["good"] < DEAD_SHARE]
    stuck = [f"{row['tag']} for {row['stuck_s'] / 3600:.1f} h" for row in rows if row["stuck_s"] > 0]
    notes += [f"No usable reading of {', '.join(dead)}."] if dead else []
    return notes + ([f"Standing still: {', '.join(stuck)}."] if stuck else [])


def _span_note(span: Span, *, doubled: bool) -> str:
    minutes = (span[1] - span[0]) / 6e7
    if doubled:
        return f"For {minutes:.0f} min most tags report twice: a clock was set back. These readings teach nothing."
    return f"For {minutes:.0f} min nothing came at all: an outage, or a clock that was set forward."
