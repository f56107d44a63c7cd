import pytest

from twin.ingest.quality_words import quality_of
from twin.records.reading import Quality


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Bad", Quality.BAD), ("No Data", Quality.BAD), ("I/O Timeout", Quality.BAD), ("Pt Created", Quality.BAD),
        ("GOOD", Quality.GOOD), (" questionable ", Quality.UNCERTAIN), ("12.5", None), ("pump", None),
    ],
)  # fmt: skip
def test_historian_words(text, meaning):
    assert quality_of(text, {}) is meaning


@pytest.mark.parametrize(
    ("code", "meaning"),
    [("192", Quality.GOOD), ("216", Quality.GOOD), ("64", Quality.UNCERTAIN), ("0", Quality.BAD), ("24", Quality.BAD)],
)
def test_opc_numbers_by_their_two_top_bits(code, meaning):
    # OPC DA 3.00, section 6.8: QQSSSSLL with QQ = 11 good, 01 uncertain, 00 bad
    assert quality_of(code, {}) is meaning


def test_own_words_win():
    assert quality_of("OK", {"ok": Quality.BAD}) is Quality.BAD
