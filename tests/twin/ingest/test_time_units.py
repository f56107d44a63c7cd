import pytest

from twin.ingest.time_units import format_instant, parse_instant_us

BILLION_S_US = 1_000_000_000_000_000  # 2001-09-09T01:46:40Z, the Unix billennium


@pytest.mark.parametrize(
    "text", ["2001-09-09T01:46:40Z", "2001-09-09T03:46:40+02:00", " 2001-09-09T01:46:40.000+00:00 "]
)
def test_offsets_are_honoured(text):
    assert parse_instant_us(text) == BILLION_S_US


def test_time_without_offset_is_none_unless_utc_is_assumed():
    assert parse_instant_us("2001-09-09T01:46:40") is None
    assert parse_instant_us("2001-09-09T01:46:40", assume_utc=True) == BILLION_S_US
    assert parse_instant_us("soon") is None


def test_text_and_back():
    assert format_instant(BILLION_S_US + 5) == "2001-09-09T01:46:40.000005Z"
    assert parse_instant_us(format_instant(BILLION_S_US + 5)) == BILLION_S_US + 5
