from pathlib import Path

import pytest

from twin.errors import InvalidInput
from twin.ingest.piece import missing_columns


def test_every_missing_column_is_named():
    with pytest.raises(InvalidInput) as refused:
        missing_columns(Path("log.csv"), ("t", "a", "b"), ["t"])
    assert [fault.got for fault in refused.value.faults] == ["no column 'a'", "no column 'b'"]


def test_complete_header_passes():
    missing_columns(Path("log.csv"), ("t",), ["t", "a"])
