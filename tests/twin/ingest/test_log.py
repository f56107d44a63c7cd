import pyarrow.csv as arrow_csv
import pyarrow.parquet as pq
import pytest

from twin.errors import InvalidInput
from twin.ingest import csv_log
from twin.ingest.log import read_log
from twin.ingest.mapping_file import load

MAPPING = load("time: {every_s: 1, origin: 2020-01-01T00:00:00Z}\ncolumns: {a: {tag: A, unit: V}}\n")
ROWS = 3000
KEY_ARGUMENTS = {"si_units": {}, "site_zone": "UTC", "now_us": 1_800_000_000_000_000}


@pytest.fixture
def log(tmp_path, monkeypatch):
    """A CSV of many small pieces with three malformed rows."""
    monkeypatch.setattr(csv_log.read_csv, "__kwdefaults__", {"missing": ("",), "block_bytes": 500})
    path = tmp_path / "log.csv"
    lines = [f"{row},{row * 0.5}" for row in range(ROWS)]
    for at in (10, 1500, ROWS):
        lines.insert(at, f"broken {at}")
    path.write_text("n,a\n" + "\n".join(lines) + "\n")
    return path


def flat(pieces):
    batches = [piece.batch for piece in pieces]
    times = [int(time) for batch in batches for time in batch.times_us]
    return times, [float(value) for batch in batches for value in batch.values]


def test_pieces_are_the_whole_log(log):
    pieces = list(read_log(log, MAPPING, **KEY_ARGUMENTS))
    times, values = flat(pieces)
    assert len(pieces) > 10
    assert values == [row * 0.5 for row in range(ROWS)]
    assert times[-1] - times[0] == (ROWS - 1) * 1_000_000
    assert {bad.value for piece in pieces for bad in piece.batch.rejected} == {
        "broken 10",
        "broken 1500",
        f"broken {ROWS}",
    }


@pytest.mark.parametrize("stop", [1, 5, 9])
def test_reading_goes_on_where_it_stopped(log, stop):
    whole = list(read_log(log, MAPPING, **KEY_ARGUMENTS))
    kept = whole[:stop]
    rest = list(read_log(log, MAPPING, **KEY_ARGUMENTS, rows_done=kept[-1].rows_done, state=kept[-1].state))
    assert flat([*kept, *rest]) == flat(whole)
    assert rest[-1].state == whole[-1].state
    broken = {bad.value for piece in [*kept, *rest] for bad in piece.batch.rejected}
    assert len(broken) == 3


def test_stopping_inside_a_piece_is_possible(log):
    whole = list(read_log(log, MAPPING, **KEY_ARGUMENTS))
    state = {"rows": {"": 100}}
    rest = list(read_log(log, MAPPING, **KEY_ARGUMENTS, rows_done=100, state=state))
    assert flat(rest)[0] == flat(whole)[0][100:]


def test_parquet_gives_the_same_readings(log, tmp_path):
    path = tmp_path / "log.parquet"
    options = arrow_csv.ParseOptions(invalid_row_handler=lambda _row: "skip")
    pq.write_table(arrow_csv.read_csv(log, parse_options=options), path)
    assert flat(read_log(path, MAPPING, **KEY_ARGUMENTS)) == flat(read_log(log, MAPPING, **KEY_ARGUMENTS))


def test_unknown_columns_are_refused_before_anything_is_read(log):
    with pytest.raises(InvalidInput, match="no column 'b'"):
        list(read_log(log, load("time: {column: n, epoch: s}\ncolumns: {b: {unit: V}}"), **KEY_ARGUMENTS))
