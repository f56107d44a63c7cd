"""The tables' words and sizes."""

from physics.flow.kernels import tables


def test_there_is_a_word_for_each_state():
    assert len(tables.STATES) == len(set(tables.STATES)) == tables.NO_OPERATOR + 1


def test_rows_are_empty():
    rows = tables.rows(tables.Stop, 3)
    assert rows.shape == (3,)
    assert rows["place"].tolist() == [0, 0, 0]
