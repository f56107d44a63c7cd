"""The edges of a local day, which summer time makes 23 or 25 hours long."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def edges_us(day: date, zone: str) -> tuple[int, int]:
    """First microsecond of a local day and of the next one, UTC."""
    return _midnight_us(day, zone), _midnight_us(day + timedelta(days=1), zone)


def _midnight_us(day: date, zone: str) -> int:
    midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    return (midnight - EPOCH) // timedelta(microseconds=1)
