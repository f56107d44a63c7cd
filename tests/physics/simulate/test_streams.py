import numpy as np
import pytest
from scipy import stats

from physics.simulate.streams import normal, normal_by_world, uniform, uniform_by_world


def test_more_draws_and_worlds_move_no_number():
    few = uniform(7, 3, "pump-1", 5)
    uniform(7, 4, "pump-1", 1000)
    np.testing.assert_array_equal(uniform(7, 3, "pump-1", 500)[:5], few)


def test_entities_worlds_and_seeds_have_streams_of_their_own():
    base = uniform(7, 0, "pump-1", 1000)
    for other in (uniform(8, 0, "pump-1", 1000), uniform(7, 1, "pump-1", 1000), uniform(7, 0, "pump-2", 1000)):
        # Four sigma of the correlation of 1,000 independent pairs.
        assert abs(np.corrcoef(base, other)[0, 1]) < 4 / np.sqrt(1000)


def test_draws_lie_inside_the_open_interval():
    drawn = uniform(1, 0, "x", 100_000)
    assert 0.0 < drawn.min() < drawn.max() < 1.0


def test_normal_passes_a_kolmogorov_smirnov_test():
    drawn = np.concatenate([normal(1, world, "x", 100) for world in range(200)])
    assert stats.kstest(drawn, "norm").pvalue > 0.01


@pytest.mark.parametrize("draws", [1, 4, 49])
def test_all_worlds_at_once_draw_what_each_draws_alone(draws):
    alone = np.stack([normal(3, world, "tank level", draws) for world in range(20)], axis=1)
    np.testing.assert_array_equal(normal_by_world(3, 20, "tank level", draws), alone)
    even = np.stack([uniform(3, world, "tank level", draws) for world in range(20)], axis=1)
    np.testing.assert_array_equal(uniform_by_world(3, 20, "tank level", draws), even)
