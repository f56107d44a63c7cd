import numpy as np
import pytest

from twin.estimation.analysis import analyse


def ensemble(mean: float, variance: float, worlds: int = 50) -> np.ndarray:
    """Worlds whose sample mean and variance are exactly as asked, shape [1, W]."""
    raw = np.random.default_rng(0).normal(size=worlds)
    raw = (raw - raw.mean()) / raw.std(ddof=1)
    return (mean + np.sqrt(variance) * raw)[None, :]


def test_scalar_update_is_the_kalman_closed_form():
    prior, noise = 4.0, 1.5
    states = ensemble(2.0, prior)
    result = analyse(states, states, np.array([5.0]), np.array([np.sqrt(noise)]))
    gain = prior / (prior + noise)
    assert result.states.mean() == pytest.approx(2.0 + gain * 3.0)
    assert result.states.var(ddof=1) == pytest.approx((1 - gain) * prior)
    assert result.innovation[0] == pytest.approx(3.0)
    assert result.deviation[0] == pytest.approx(np.sqrt(prior + noise))


def test_steady_variance_of_a_random_walk_is_the_riccati_root():
    # x' = x + w, y = x + v: the predicted variance settles at q/2 + sqrt(q²/4 + q r).
    q, r = 0.3, 2.0
    variance, states = 1.0, ensemble(0.0, 1.0)
    for _ in range(200):
        variance = float(states.var(ddof=1)) + q
        states = ensemble(float(states.mean()), variance)
        states = analyse(states, states, np.array([0.0]), np.array([np.sqrt(r)])).states
    assert variance == pytest.approx(q / 2 + np.sqrt(q * q / 4 + q * r), rel=1e-9)


def test_two_states_agree_with_the_matrix_kalman_filter():
    rng = np.random.default_rng(1)
    worlds = 40
    states = np.array([[2.0, 0.0], [0.7, 0.5]]) @ rng.normal(size=(2, worlds)) + [[1.0], [3.0]]
    observe, noise_sd, measured = np.array([[1.0, 0.0], [1.0, 2.0]]), np.array([0.4, 0.9]), np.array([1.5, 8.0])
    result = analyse(states, observe @ states, measured, noise_sd)
    prior = np.cov(states)
    gain = prior @ observe.T @ np.linalg.inv(observe @ prior @ observe.T + np.diag(noise_sd**2))
    mean = states.mean(axis=1)
    np.testing.assert_allclose(result.states.mean(axis=1), mean + gain @ (measured - observe @ mean), rtol=1e-9)
    np.testing.assert_allclose(np.cov(result.states), (np.eye(2) - gain @ observe) @ prior, rtol=1e-9)


def test_a_missing_tag_changes_nothing():
    states = ensemble(2.0, 4.0)
    result = analyse(states, states, np.array([np.nan]), np.array([1.0]))
    np.testing.assert_array_equal(result.states, states)


def test_an_unrelated_state_is_left_alone():
    states = np.vstack([ensemble(0.0, 1.0), np.full((1, 50), 7.0)])
    result = analyse(states, states[:1], np.array([3.0]), np.array([0.5]))
    np.testing.assert_allclose(result.states[1], 7.0, rtol=1e-12)
