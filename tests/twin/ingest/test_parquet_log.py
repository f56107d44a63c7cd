import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from twin.errors import InvalidInput
from twin.ingest.parquet_log import read_parquet


def test_pieces_join_to_the_file(tmp_path):
    path = tmp_path / "log.parquet"
    pq.write_table(pa.table({"t": range(1000), "a": [0.5] * 1000, "unused": ["x"] * 1000}), path)
    found = list(read_parquet(path, ("t", "a"), rows=300))
    assert [len(piece.table) for piece in found] == [300, 300, 300, 100]
    assert found[0].table.schema.names == ["t", "a"]
    assert found[-1].share == 1.0


def test_other_files_and_missing_columns_are_refused(tmp_path):
    path = tmp_path / "log.parquet"
    path.write_text("no parquet")
    with pytest.raises(InvalidInput):
        list(read_parquet(path, ("t",)))
    pq.write_table(pa.table({"t": [1]}), path)
    with pytest.raises(InvalidInput, match="no column 'a'"):
        list(read_parquet(path, ("t", "a")))
