import struct

import numpy as np

from twin.store.copy_format import HEADER, TRAILER, from_bytes, to_bytes

KINDS = {"id": ">i4", "value": ">f8"}


def test_row_is_as_the_manual_says():
    # field count, then length and bytes of each field, network byte order
    data = to_bytes({"id": np.array([7]), "value": np.array([1.5])}, KINDS)
    assert data == struct.pack(">hiiid", 2, 4, 7, 8, 1.5)


def test_null_has_length_minus_one_and_no_bytes():
    data = to_bytes({"id": np.array([7])}, {"id": ">i4", "value": ""})
    assert data == struct.pack(">hiii", 2, 4, 7, -1)


def test_there_and_back():
    columns = {"id": np.array([1, 2]), "value": np.array([0.5, -0.5])}
    rows = from_bytes(HEADER + to_bytes(columns, KINDS) + TRAILER, KINDS)
    assert rows["id"].tolist() == [1, 2]
    assert rows["value"].tolist() == [0.5, -0.5]
