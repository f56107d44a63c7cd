import numpy as np
import pyarrow as pa
import pytest

from twin.ingest.numbers import ABSENT, NOT_FINITE, NUMERIC, UNREADABLE, WORD, plain_numbers, read_cells
from twin.records.reading import Quality


def read(cells, **options):
    rule = {"decimal": ".", "thousands": "", "missing": ("",), "words": {}} | options
    return read_cells(cells if isinstance(cells, pa.Array) else pa.array(cells), **rule)


def test_every_kind_of_cell_is_told_apart():
    cells = read(["1.5", " 2 ", "-3e2", "Bad", "oops", "NaN", "inf", "", None, "1_000"])
    wanted = [NUMERIC, NUMERIC, NUMERIC, WORD, UNREADABLE, NOT_FINITE, NOT_FINITE, ABSENT, ABSENT, UNREADABLE]
    assert cells.kind.tolist() == wanted
    assert cells.values[:3].tolist() == [1.5, 2.0, -300.0]
    assert cells.quality[3] == Quality.BAD


def test_column_of_numbers_alone_takes_the_fast_way_to_the_same_answer():
    texts = ["1.5", "+2", ".5", "5."]
    assert read(texts).values.tolist() == read([*texts, "Bad"]).values[:4].tolist() == [1.5, 2.0, 0.5, 5.0]


def test_comma_and_thousands():
    cells = read(["1.234,5", "-0,25", "Bad"], decimal=",", thousands=".")
    assert cells.values[:2].tolist() == [1234.5, -0.25]


@pytest.mark.parametrize(
    "column", [pa.array([1, None, 3]), pa.array([1.0, None, 3.0]), pa.array(["1", None, "3"]).dictionary_encode()]
)
def test_typed_columns(column):
    cells = read(column)
    assert cells.kind.tolist() == [NUMERIC, ABSENT, NUMERIC]
    assert cells.values[[0, 2]].tolist() == [1.0, 3.0]


def test_typed_nan_is_not_finite():
    assert read(pa.array([1.0, float("nan")])).kind.tolist() == [NUMERIC, NOT_FINITE]


def test_switches_are_numbers_unless_the_mapping_says_otherwise():
    assert read(["on", "off", "True"]).values.tolist() == [1.0, 0.0, 1.0]
    assert read(["on", "1"], words={"on": Quality.BAD}).kind.tolist() == [WORD, NUMERIC]


def test_own_missing_words():
    assert read(["---", "1"], missing=("", "---")).kind.tolist() == [ABSENT, NUMERIC]


def test_plain_numbers_are_nan_where_there_is_none():
    assert np.isnan(plain_numbers(pa.array(["1", "x"]))).tolist() == [False, True]
