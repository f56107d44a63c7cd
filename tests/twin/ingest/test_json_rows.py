from datetime import UTC, datetime

import numpy as np
import pytest

from twin.ingest.json_rows import instant_us, read_rows
from twin.records.batch import Reason
from twin.records.reading import Quality

NOW_US = 1_735_689_600_000_000  # 2025-01-01T00:00:00Z
UNITS = {"PT": "Pa", "TT": "K"}


def read(*rows):
    return read_rows(rows, si_units=UNITS, own_units={"PT": "bar"}, now_us=NOW_US)


def row(tag="PT", time="2024-12-31T00:00:00Z", value=1.0, **more):
    return {"tag": tag, "time": time, "value": value, **more}


def test_values_come_in_the_tags_own_unit_or_the_named_one():
    batch = read(row(), row(value=2, unit="kPa"), row("TT", value=300), row("TT", value="20", unit="degC"))
    assert batch.values.tolist() == pytest.approx([1e5, 2e3, 300.0, 293.15])
    assert [batch.tags[index] for index in batch.tag_index] == ["PT", "PT", "TT", "TT"]


def test_qualities():
    batch = read(
        row(quality="uncertain"), row(value=None), row(value="No Data"), row(quality="bad"), row(quality="what")
    )
    assert batch.quality.tolist() == [
        Quality.UNCERTAIN, Quality.BAD, Quality.BAD, Quality.BAD, Quality.UNCERTAIN,
    ]  # fmt: skip
    assert np.isnan(batch.values[1:3]).all()
    assert batch.values[3] == 1e5


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row("XX"), Reason.UNKNOWN_TAG), (row(time="soon"), Reason.UNPARSABLE_TIME),
        (row(time=None), Reason.UNPARSABLE_TIME),
        (row(time="2024-12-31T00:00:00"), Reason.UNPARSABLE_TIME),
        (row(time="2025-01-02T00:00:00Z"), Reason.FUTURE_TIME),
        (row(value="oops"), Reason.UNPARSABLE_VALUE), (row(value=True), Reason.UNPARSABLE_VALUE),
        (row(value=float("nan")), Reason.NOT_A_NUMBER), (row(value="inf"), Reason.NOT_A_NUMBER),
        (row(unit="kg"), Reason.WRONG_UNIT), ({}, Reason.UNKNOWN_TAG),
    ],
)  # fmt: skip
def test_what_is_no_reading_is_put_aside(bad, reason):
    batch = read(bad, row())
    assert len(batch) == 1
    assert [item.reason for item in batch.rejected] == [reason]
    assert batch.rejected[0].row == 1


def test_instants_are_exact_to_the_microsecond():
    assert instant_us(datetime(2025, 1, 1, 0, 0, 0, 1, tzinfo=UTC)) == NOW_US + 1
    assert instant_us(datetime(2025, 1, 1)) is None  # noqa: DTZ001  a time without zone is the case under test
    assert instant_us(12) is None
