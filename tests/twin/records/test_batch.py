import numpy as np

from twin.records.batch import ReadingBatch, TagSeries


def test_length_is_the_number_of_readings():
    none = np.empty(0, np.int64)
    batch = ReadingBatch(("a",), none.astype(np.int32), none, none.astype(float), none.astype(np.uint8), none)
    assert len(batch) == 0
    series = TagSeries("a", np.array([1, 2]), np.array([0.5, 0.5]), np.zeros(2, np.uint8))
    assert len(series) == 2
