import numpy as np

from tests.twin.spindle import opened, worlds_of
from twin.estimation.follow import Point
from twin.estimation.trail import Trail, chains


def trail():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 2)
    return Trail(worlds), lambda chunk: Point(chunk, worlds, np.zeros((1, 1, 2)), np.ones((1, 1, 1)))


def test_a_chain_names_a_chunk_and_all_before_it():
    one, two = chains(["a", "b", "c"]), chains(["a", "x", "c"])
    assert one[0] == two[0]
    assert one[1:] != two[1:]
    assert chains(["ab", "c"]) != chains(["a", "bc"])


def test_the_furthest_point_of_the_same_rows_is_found():
    kept, point = trail()
    keys = ["a", "b", "c"]
    for chunk in (1, 2, 3):
        kept.keep(keys[:chunk], point(chunk), np.array([float(chunk)]))
    assert kept.last(["a", "b", "c", "d"]).chunk == 3
    assert kept.last(["a", "b", "late"]).chunk == 2
    assert kept.last(["late"]) is None
    np.testing.assert_array_equal(kept.innovations(keys, 1), [[1.0], [2.0], [3.0]])


def test_few_points_are_kept_one_a_chunk_and_closer_the_younger_they_are():
    kept, point = trail()
    keys = [str(number) for number in range(75)]
    for chunk in range(1, len(keys) + 1):
        kept.keep([*keys[: chunk - 1], "half"], point(chunk), np.zeros(1))
        kept.keep(keys[:chunk], point(chunk), np.zeros(1))
        assert len(kept.points) <= 9
        assert kept.last(keys).chunk == chunk
        for late in range(1, chunk):  # a reading that changes the chunk so long ago
            before = kept.last([*keys[: chunk - late], "changed"])
            assert chunk - (before.chunk if before else 0) <= 3 * late
