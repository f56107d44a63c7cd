import numpy as np
import pytest

from twin.prognosis.contributors import contributors, relative_weights


def test_independent_inputs_share_by_their_squared_coefficients():
    rng = np.random.default_rng(0)
    draws = rng.normal(size=(4000, 3))
    weights = relative_weights(draws, 2.0 * draws[:, 0] + draws[:, 1])
    # Var = 4 + 1; sampling correlation of the inputs is about 1/sqrt(4000).
    np.testing.assert_allclose(weights, [0.8, 0.2, 0.0], atol=0.03)


def test_weights_add_up_to_the_r_squared_of_least_squares():
    rng = np.random.default_rng(1)
    mix = np.array([[1.0, 0.8, 0.0], [0.0, 0.6, 0.3], [0.0, 0.0, 1.0]])
    draws = rng.normal(size=(500, 3)) @ mix
    target = draws @ [1.0, -0.5, 0.7] + rng.normal(size=500)
    design = np.column_stack([np.ones(500), draws])
    fitted = design @ np.linalg.lstsq(design, target, rcond=None)[0]
    r_squared = 1 - ((target - fitted) ** 2).sum() / ((target - target.mean()) ** 2).sum()
    weights = relative_weights(draws, target)
    assert weights.sum() == pytest.approx(r_squared, rel=1e-9)
    assert (weights >= 0).all()


def test_archard_life_is_explained_by_coefficient_and_load():
    # life = limit / (k * power): log life = -log k - log power, so log-normal spreads 0.3 and 0.1 share 9 to 1.
    rng = np.random.default_rng(2)
    log_draws = rng.normal(size=(5000, 2)) * [0.3, 0.1]
    named = contributors(("wear", "load"), np.exp(log_draws), np.exp(-log_draws.sum(axis=1)))
    assert [row["name"] for row in named[:2]] == ["wear", "load"]
    assert named[0]["share"] == pytest.approx(0.9, abs=0.06)


def test_too_few_failing_worlds_name_nobody():
    life = np.full(20, np.inf)
    assert contributors(("a",), np.ones((20, 1)), life) == ()


def test_a_number_that_does_not_vary_contributes_nothing():
    rng = np.random.default_rng(3)
    draws = np.column_stack([np.full(100, 7.0), rng.normal(size=100)])
    assert relative_weights(draws, draws[:, 1])[0] == 0.0
