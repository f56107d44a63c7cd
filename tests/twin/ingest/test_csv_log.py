import gzip

import pytest

from twin.errors import InvalidInput
from twin.ingest.csv_log import header, read_csv
from twin.ingest.mapping import CsvRule

TEXT = "t,a,b\n" + "".join(f"{row},{row}.5,x\n" for row in range(2000))


def pieces(path, columns=("t", "a"), rule=CsvRule(), **options):
    return list(read_csv(path, rule, columns, **options))


def test_pieces_join_to_the_file(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(TEXT)
    found = pieces(path, block_bytes=1 << 10)
    assert len(found) > 3
    assert [cell for piece in found for cell in piece.table.column("t").to_pylist()] == [
        str(row) for row in range(2000)
    ]
    shares = [piece.share for piece in found]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.5
    assert shares[-1] == 1.0


def test_compressed_file_reads_the_same(tmp_path):
    path = tmp_path / "log.csv.gz"
    path.write_bytes(gzip.compress(TEXT.encode()))
    assert sum(len(piece.table) for piece in pieces(path)) == 2000


def test_malformed_rows_are_handed_on_with_their_text(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text("t,a\n1,2\n3\n4,5,6\n7,8\n")
    (piece,) = pieces(path)
    assert piece.table.column("t").to_pylist() == ["1", "7"]
    assert [(bad.value, bad.detail) for bad in piece.malformed] == [
        ("3", "need 2 fields, got 1"), ("4,5,6", "need 2 fields, got 3"),
    ]  # fmt: skip


def test_absent_cells_are_null(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text('t,a\n1,\n2,---\n3,""\n')
    (piece,) = pieces(path, missing=("", "---"))
    assert piece.table.column("a").to_pylist() == [None, None, None]


def test_encoding_delimiter_and_rows_around_the_header(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes("Anlage Süd\nt;Öl °C\ns;°C\n1;2,5\n".encode("cp1252"))
    rule = CsvRule(";", ",", "", "cp1252", 1, 1)
    (piece,) = pieces(path, ("t", "Öl °C"), rule)
    assert piece.table.to_pylist() == [{"t": "1", "Öl °C": "2,5"}]
    assert header(path, rule) == ["t", "Öl °C"]


@pytest.mark.parametrize("data", [b"", b"t,a\n1,\xff\xfe\n"])
def test_what_is_no_csv_is_refused(tmp_path, data):
    path = tmp_path / "log.csv"
    path.write_bytes(data)
    with pytest.raises(InvalidInput):
        pieces(path)


def test_missing_columns_are_refused(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(TEXT)
    with pytest.raises(InvalidInput, match="no column 'z'"):
        pieces(path, ("t", "z"))
