"""Times on the command line."""

from __future__ import annotations

from twin.errors import Fault, InvalidInput
from twin.ingest.time_units import parse_instant_us


def instant_us(text: str | None, where: str) -> int | None:
    """UTC microseconds of an option's value, None where it was not given.

    Raises: InvalidInput, where it is no time with an offset.
    """
    if text is None:
        return None
    found = parse_instant_us(text)
    if found is None:
        raise InvalidInput([Fault(where, repr(text), "an ISO 8601 time with offset", "Like 2026-03-02T06:00:00Z.")])
    return found
