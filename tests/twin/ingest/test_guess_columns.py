import pyarrow as pa
import pytest

from twin.ingest.guess_columns import Role, guess_columns, guess_time, split_unit
from twin.ingest.guess_file import Sample
from twin.ingest.mapping import CsvRule


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        ("Pressure (bar)", ("Pressure", "bar")), ("flow [L/min]", ("flow", "L/min")), ("u_V", ("u", "V")),
        ("Temp °C", ("Temp", "°C")), ("PT-101", ("PT-101", None)), ("Bearing 1", ("Bearing 1", None)),
        ("speed_set", ("speed_set", None)), ("Level (see note)", ("Level (see note)", None)),
    ],
)  # fmt: skip
def test_units_in_headers(header, parts):
    assert split_unit(header) == parts


def sample(**columns):
    return Sample(CsvRule(), pa.table(columns), False)


def test_roles_and_ranges():
    found = guess_columns(sample(t=["2024-01-01", "2024-01-02"], p=["1.5", "Bad"], s=["run", "stop"]))
    assert [column.role for column in found] == [Role.TEXT, Role.NUMBER, Role.TEXT]
    assert (found[1].low, found[1].high) == (1.5, 1.5)
    assert found[2].distinct == ("run", "stop")


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"a": ["1"], "when": ["2024-01-01 10:00:00"]}, ("when", None, None, None)),
        ({"Zeit": ["31.12.2024 10:00:00"]}, ("Zeit", "%d.%m.%Y %H:%M:%S", None, None)),
        ({"date": ["12/31/2024 10:00"]}, ("date", "%m/%d/%Y %H:%M", None, None)),
        ({"timestamp": ["1704110400000"]}, ("timestamp", None, "ms", None)),
        ({"t_s": ["0", "0.1"]}, ("t_s", None, None, "s")),
        ({"time (min)": ["0", "0.1"]}, ("time (min)", None, None, "min")),
    ],
)
def test_times(columns, expected):
    log = sample(**columns)
    rule = guess_time(log, guess_columns(log))
    assert (rule.column, rule.format, rule.epoch, rule.elapsed) == expected


def test_no_time_at_all():
    log = sample(a=["1"], b=["x"])
    assert guess_time(log, guess_columns(log)) is None
