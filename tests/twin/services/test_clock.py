from dataclasses import replace
from datetime import UTC, datetime

from twin.services.clock import now_us


def test_now_is_the_contexts_clock_to_the_microsecond(context):
    stopped = replace(context, clock=lambda: datetime(2001, 9, 9, 1, 46, 40, 7, tzinfo=UTC))
    assert now_us(stopped) == 1_000_000_000_000_007
