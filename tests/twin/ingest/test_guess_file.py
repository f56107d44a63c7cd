import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twin.errors import InvalidInput
from twin.ingest.guess_file import read_sample


@pytest.mark.parametrize(
    ("data", "delimiter", "decimal", "thousands", "encoding"),
    [
        (b"t,a\n1,2.5\n", ",", ".", "", "utf-8"),
        (b"t;a\n1;2,5\n2;3\n", ";", ",", "", "utf-8"),
        (b"t;a\n1;1.234,5\n", ";", ",", ".", "utf-8"),
        (b"t\ta b, c\n1\t2.5\n", "\t", ".", "", "utf-8"),
        ("t;Öl\n1;2,5\n".encode("cp1252"), ";", ",", "", "cp1252"),
    ],
)
def test_how_a_csv_is_written(tmp_path, data, delimiter, decimal, thousands, encoding):
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    sample = read_sample(path)
    assert (sample.rule.delimiter, sample.rule.decimal) == (delimiter, decimal)
    assert (sample.rule.thousands, sample.rule.encoding) == (thousands, encoding)
    assert len(sample.table.column_names) == 2


def test_parquet_keeps_its_types(tmp_path):
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"a": [1.5]}), path)
    sample = read_sample(path)
    assert sample.parquet
    assert sample.table.schema.field("a").type == pa.float64()


@pytest.mark.parametrize(("name", "data"), [("a.csv", b""), ("a.csv", b"t,a\n"), ("a.parquet", b"no")])
def test_files_without_rows_are_refused(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InvalidInput):
        read_sample(tmp_path / name)
