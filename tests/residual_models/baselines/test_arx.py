import numpy as np

from residual_models.baselines import arx


def test_a_linear_system_is_found_and_followed_freely():
    rng = np.random.default_rng(1)
    u, y = rng.normal(size=(400, 1)), np.zeros((400, 1))
    for k in range(2, 400):
        y[k] = 0.3 + 1.5 * y[k - 1] - 0.7 * y[k - 2] + 0.5 * u[k] + 0.2 * u[k - 1]
    model = arx.fit(y[:200], u[:200], np.ones((200, 1), bool), order=2)
    predicted = model.free_run(y[200:202], u[200:])
    np.testing.assert_allclose(predicted, y[202:], atol=1e-3)


def test_rows_with_a_missing_past_are_left_out():
    u = np.random.default_rng(2).normal(size=(300, 1))
    y = np.zeros((300, 1))
    for k in range(1, 300):
        y[k] = 0.8 * y[k - 1] + u[k]
    broken, mask = y.copy(), np.ones((300, 1), bool)
    broken[50:60], mask[50:60] = 1e6, False
    model = arx.fit(broken, u, mask, order=1)
    np.testing.assert_allclose(model.free_run(y[100:101], u[100:200]), y[101:200], atol=1e-3)


def test_an_unstable_fit_stays_bounded():
    t = np.arange(60.0)[:, None]
    model = arx.fit(1.1**t, np.zeros((60, 1)), np.ones((60, 1), bool), order=1)
    assert np.isfinite(model.free_run(np.array([[300.0]]), np.zeros((5001, 1)))).all()
