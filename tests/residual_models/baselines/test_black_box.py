import numpy as np

from residual_models.baselines import black_box


def record(samples=120, seed=0):
    u = np.repeat(np.random.default_rng(seed).normal(size=(samples // 10, 1)), 10, axis=0)
    y = np.zeros((samples, 1))
    for k in range(1, samples):
        y[k] = 0.9 * y[k - 1] + 0.1 * np.tanh(2 * u[k - 1])
    return u, 3.0 + 2.0 * y


def test_a_saturating_lag_is_learned_and_run_freely():
    u, y = record()
    found = black_box.train(u, y, members=2, iterations=25).free_run(u)
    wrong = np.sqrt(((found - y[:, :, None]) ** 2).mean(axis=(0, 1))).min()
    assert wrong < 0.15 * y.std()


def test_slopes_agree_with_central_differences():
    import torch

    u, _y = record(30)
    inputs = torch.from_numpy(u)
    values = 0.3 * np.random.default_rng(1).normal(size=(black_box._count(1, 1), 2))
    _run, slopes = black_box._linearise(values, inputs, 1)
    for at in (0, 10, len(values) - 1):
        step = np.zeros_like(values)
        step[at] = 1e-5
        ahead, behind = (
            black_box._simulate(torch.from_numpy(values + sign * step), inputs, 1)[:, 0].numpy() for sign in (1, -1)
        )
        np.testing.assert_allclose(slopes[:, at], (ahead - behind) / 2e-5, atol=1e-7)


def test_same_seed_gives_the_same_box():
    u, y = record(40)
    first, second = (black_box.train(u, y, members=2, seed=3, iterations=3).values for _ in range(2))
    np.testing.assert_array_equal(first, second)
