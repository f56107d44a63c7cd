import numpy as np
import pytest

from tests.twin.spindle import opened
from twin.estimation.follow import Followed
from twin.estimation.sample import MOST, followed_count, sample
from twin.prediction.worlds import draw, from_priors


@pytest.fixture(scope="module")
def followed():
    assembly, model = opened()[:2]
    known = from_priors(assembly, scene_revision=1)
    worlds = draw(model, known, None, free=assembly.free, worlds=32, seed=0)
    worlds.start[0] = np.arange(32)
    return Followed(worlds, np.arange(64.0).reshape(1, 2, 32), np.zeros((3, 2)), 0, ("x",), np.zeros((3, 1, 32)))


def test_more_worlds_are_followed_than_a_question_asks_for():
    assert [followed_count(n) for n in (8, 200, 256, 400, 1024)] == [16, 400, MOST, MOST, 1024]


def test_a_seed_draws_each_world_at_most_once_and_whole(followed):
    found = sample(followed, 16, 5)
    chosen = found.worlds.start[0].astype(int)
    assert len(set(chosen)) == 16
    np.testing.assert_array_equal(found.worlds.parameters, followed.worlds.parameters[:, chosen])
    np.testing.assert_array_equal(found.worlds.draws, followed.worlds.draws[:, chosen])
    np.testing.assert_array_equal(found.disturbance, followed.disturbance[..., chosen])
    assert (found.worlds.seed, found.course) == (5, None)
    np.testing.assert_array_equal(found.innovations, followed.innovations)


def test_means_over_seeds_scatter_as_those_of_simple_random_samples(followed):
    means = [sample(followed, 16, seed).worlds.start[0].mean() for seed in range(400)]
    # Cochran (1977), 2.5: the variance of a mean of n of N without replacement is S^2 / n (1 - n / N)
    numbers = np.arange(32.0)
    variance = numbers.var(ddof=1) / 16 * (1 - 16 / 32)
    assert np.mean(means) == pytest.approx(numbers.mean(), abs=4 * np.sqrt(variance / 400))
    assert np.var(means) == pytest.approx(variance, rel=4 * np.sqrt(2 / 400))


def test_all_worlds_in_another_order_are_the_same_worlds(followed):
    found = sample(followed, 32, 1).worlds.start[0]
    assert (np.diff(found) != 1).any()
    np.testing.assert_array_equal(np.sort(found), np.arange(32))
