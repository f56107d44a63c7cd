import pytest

from twin.cli.instants import instant_us
from twin.errors import InvalidInput


def test_times_with_an_offset_are_read():
    assert instant_us("1970-01-01T01:00:00+01:00", "--from") == 0
    assert instant_us(None, "--from") is None


def test_a_time_without_offset_is_refused_with_an_example():
    with pytest.raises(InvalidInput, match="--to: got '2026-03-02 06:00', need an ISO 8601 time with offset"):
        instant_us("2026-03-02 06:00", "--to")
