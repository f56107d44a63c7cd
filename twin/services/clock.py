"""The present time of a use case."""

from __future__ import annotations

from datetime import timedelta

from twin.ingest.time_units import EPOCH
from twin.services.context import Context


def now_us(context: Context) -> int:
    """The context's clock in UTC microseconds."""
    return (context.clock() - EPOCH) // timedelta(microseconds=1)
