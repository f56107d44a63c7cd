import numpy as np

from tests.twin import two_blocks
from twin.calibration.islands import alone, learning, with_weights

READY = two_blocks.ready()


def values(ready):
    """Free numbers somewhere in their range, weights included, shape [F, 1]."""
    numbers = with_weights(ready).numbers
    found = numbers.mean + 0.1 * numbers.sd * np.random.default_rng(0).normal(size=len(numbers))
    return np.clip(found, numbers.low, numbers.high)[:, None]


def test_both_islands_learn_and_share_no_number():
    assert learning(READY) == (0, 1)
    names = [with_weights(alone(READY, index)).numbers.names for index in (0, 1)]
    assert set(names[0]).isdisjoint(names[1])
    assert sorted((*names[0], *names[1])) == sorted(with_weights(READY).numbers.names)
    assert [alone(READY, index).assembly.sensor_tags for index in (0, 1)] == [("TT-1",), ("TT-2",)]


def test_an_island_predicts_what_the_whole_plant_predicts_of_its_tag():
    whole, numbers = with_weights(READY), values(READY)
    (expected,) = whole.simulate(numbers)
    for index in (0, 1):
        part = with_weights(alone(READY, index))
        rows = [whole.numbers.names.index(name) for name in part.numbers.names]
        (found,) = part.simulate(numbers[rows])
        np.testing.assert_array_equal(found[:, 0], expected[:, index])
        np.testing.assert_array_equal(part.target, whole.target[whole.tag_of_row == index])


def test_islands_that_share_weights_learn_as_one():
    assert learning(two_blocks.ready(share=True)) == ()
