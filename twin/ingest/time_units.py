"""Names of time units and single instants, in whole microseconds UTC."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

MICROSECONDS: Mapping[str, float] = {
    "ns": 1e-3, "us": 1.0, "ms": 1e3, "s": 1e6, "min": 60e6, "h": 3600e6, "day": 86400e6,
}  # fmt: skip

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_instant_us(text: str, *, assume_utc: bool = False) -> int | None:
    """UTC microseconds of an ISO 8601 time with offset, None where it is none (or has no offset)."""
    try:
        instant = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    if instant.tzinfo is None:
        if not assume_utc:
            return None
        instant = instant.replace(tzinfo=UTC)
    return (instant - EPOCH) // timedelta(microseconds=1)


def format_instant(time_us: int) -> str:
    """ISO 8601 with Z, to the microsecond where it has any."""
    return (EPOCH + timedelta(microseconds=int(time_us))).isoformat().replace("+00:00", "Z")
