"""The search finds the cheapest settings of problems whose answer is known; costs are distances in spans."""

import numpy as np
import pytest

from residual_models.world.planning import Goal, cost, search


def test_the_bottom_of_a_bowl_is_found():
    bottom = np.array([[3.0, -1.0], [4.0, 0.5], [3.5, 0.0]])
    low, high = np.array([0.0, -2.0]), np.array([5.0, 2.0])
    found = search(lambda s: ((s - bottom) ** 2).sum(axis=(1, 2)), low, high, 3, rounds=20)
    np.testing.assert_allclose(found[0], bottom, atol=0.15)
    assert found.shape == (4, 3, 2)


def test_a_bottom_outside_ends_at_the_edge():
    found = search(lambda s: ((s - 9.0) ** 2).sum(axis=(1, 2)), np.zeros(1), np.ones(1), 2)
    np.testing.assert_allclose(found[0], 1.0)


def test_equal_seeds_find_equal_plans():
    def price(settings):
        return np.sin(7 * settings).sum(axis=(1, 2))

    first, second = (search(price, np.zeros(1), np.ones(1), 4, seed=3) for _ in range(2))
    np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize(
    ("goal", "expected"),
    [(Goal("a", "reach", 2.0), 0.5), (Goal("a", "below", 3.0), 10 * 0.25), (Goal("a", "above", 3.0), 10 * 0.25),
     (Goal("b", "least"), 5.0)],
)  # fmt: skip
def test_costs_are_mean_distances_in_spans(goal, expected):
    runs = np.array([[[2.0, 10.0], [4.0, 10.0]]])
    assert cost([goal], runs, ("a", "b"), np.array([2.0, 2.0]))[0] == pytest.approx(expected)
