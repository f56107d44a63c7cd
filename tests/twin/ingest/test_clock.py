from datetime import UTC, datetime

import pyarrow as pa
import pytest

from twin.ingest.clock import read_clock
from twin.ingest.mapping import TimeRule

NOON_US = 1_704_110_400_000_000  # 2024-01-01T12:00:00Z, 19,723 days and 12 h after 1970


def read(cells, origin_us=None, **rule):
    column = cells if isinstance(cells, pa.Array) else pa.array(cells)
    return read_clock(column, TimeRule(column="t", **rule), origin_us=origin_us)


@pytest.mark.parametrize("text", ["2024-01-01T12:00:00", "2024-01-01 12:00:00", "2024-01-01 12:00"])
def test_iso_without_offset_is_wall_clock(text):
    clock = read([text])
    assert (clock.time_us[0], clock.is_utc[0], clock.readable[0]) == (NOON_US, False, True)


@pytest.mark.parametrize("text", ["2024-01-01T12:00:00Z", "2024-01-01T14:00:00+02:00"])
def test_iso_with_offset_is_utc(text):
    clock = read([text])
    assert (clock.time_us[0], clock.is_utc[0]) == (NOON_US, True)


def test_good_and_bad_and_both_kinds_mixed():
    clock = read(["2024-01-01T12:00:00Z", "2024-01-01 12:00:00", "soon", None])
    assert clock.readable.tolist() == [True, True, False, False]
    assert clock.is_utc.tolist() == [True, False, False, False]
    assert clock.time_us[:2].tolist() == [NOON_US, NOON_US]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("01.01.2024 12:00:00", "%d.%m.%Y %H:%M:%S"), ("01/01/2024 12:00", "%d/%m/%Y %H:%M"),
        ("01.01.2024 12:00:00.000", "%d.%m.%Y %H:%M:%S.%f"), ("01.01.2024 12:00:00 +0000", "%d.%m.%Y %H:%M:%S %z"),
    ],
)  # fmt: skip
def test_formats(text, form):
    clock = read([text, "x"], format=form)
    assert clock.time_us[0] == NOON_US
    assert clock.readable.tolist() == [True, False]
    assert clock.is_utc[0] == ("%z" in form)


def test_fraction_of_a_formatted_second():
    assert read(["01.01.2024 12:00:00.25"], format="%d.%m.%Y %H:%M:%S.%f").time_us[0] == NOON_US + 250_000


@pytest.mark.parametrize(
    ("unit", "count"), [("s", 1704110400), ("ms", 1704110400000), ("us", NOON_US), ("ns", NOON_US * 1000)]
)
@pytest.mark.parametrize("kind", [str, int])
def test_epochs_stay_exact(unit, count, kind):
    assert read([kind(count)], epoch=unit).time_us[0] == NOON_US


def test_broken_epoch_seconds():
    assert read(["1704110400.25"], epoch="s").time_us[0] == NOON_US + 250_000


def test_elapsed_counts_from_its_origin():
    clock = read([0.0, 0.001, None], elapsed="s", origin_us=NOON_US)
    assert clock.time_us[:2].tolist() == [NOON_US, NOON_US + 1000]
    assert clock.readable.tolist() == [True, True, False]


def test_timestamp_columns():
    moment = datetime(2024, 1, 1, 12, tzinfo=UTC)
    assert read(pa.array([moment], pa.timestamp("ns", "Europe/Berlin"))).time_us[0] == NOON_US
    naive = read(pa.array([moment.replace(tzinfo=None), None], pa.timestamp("ms")))
    assert naive.time_us[0] == NOON_US
    assert naive.is_utc.tolist() == [False, False]
    assert naive.readable.tolist() == [True, False]
