import numpy as np
import pytest

from twin.prediction.noise_model import fit, forecast, innovations, tag_innovations


def process(rows: int, lag: np.ndarray, seed: int = 0) -> np.ndarray:
    """A vector autoregression of order one with unit white noise, shape [T, S]."""
    rng = np.random.default_rng(seed)
    d = np.zeros((rows, len(lag)))
    for t in range(1, rows):
        d[t] = d[t - 1] @ lag + rng.normal(size=len(lag))
    return d


LAG = np.array([[0.8, 0.1], [0.0, 0.5]])


def test_coefficients_of_a_known_process_are_found():
    errors = process(20_000, LAG)
    model = fit(errors, np.ones(len(errors), bool), order=1, ridge=1e-6)
    found = model.lags[0] * model.scale[None, :] / model.scale[:, None]
    # Standard error of a lag is about sqrt((1 - a²) / T) < 0.008.
    np.testing.assert_allclose(found, LAG, atol=0.03)


def test_training_innovations_are_white_with_unit_covariance():
    errors = process(5000, LAG)
    model = fit(errors, np.ones(len(errors), bool), order=1, ridge=1e-6)
    e = innovations(model, errors)[1:]
    np.testing.assert_allclose(np.cov(e.T), np.eye(2), atol=0.01)
    assert abs(float((e[1:] * e[:-1]).mean())) < 3 / np.sqrt(5000)


def test_unusable_rows_do_not_teach():
    errors = process(2000, LAG)
    spoiled = errors.copy()
    spoiled[900:1000] = 1e6
    usable = np.ones(2000, bool)
    usable[900:1000] = False
    model = fit(spoiled, usable, order=2, ridge=1e-6)
    assert np.abs(innovations(model, errors)).max() < 8.0


def test_a_missing_reading_gives_no_innovation_of_its_own():
    errors = process(500, LAG)
    model = fit(errors, np.ones(500, bool), order=1, ridge=1e-6)
    gap = errors.copy()
    gap[200, :] = np.nan
    assert (innovations(model, gap)[200] == 0.0).all()


def test_forecast_decays_as_the_powers_of_the_lag():
    errors = process(50_000, np.array([[0.9]]), seed=3)
    model = fit(errors, np.ones(len(errors), bool), order=1, ridge=1e-6)
    a = float(model.lags[0, 0, 0])
    start = (errors[-1, 0] - model.centre[0]) / model.scale[0]
    expected = [start]
    for _ in range(5):
        expected.append(a * expected[-1] + model.offset[0])
    ahead = (forecast(model, errors, 5)[:, 0] - model.centre[0]) / model.scale[0]
    np.testing.assert_allclose(ahead, expected[1:], rtol=1e-12)


def test_forecast_and_innovations_agree_on_the_next_row():
    errors = process(300, LAG, seed=4)
    model = fit(errors, np.ones(300, bool), order=3, ridge=0.1)
    expected = forecast(model, errors[:250], 1)[0]
    exact = errors.copy()
    exact[250] = expected
    assert np.abs(innovations(model, exact)[250]).max() == pytest.approx(0.0, abs=1e-10)


def test_order_zero_leaves_the_constant_alone():
    errors = process(2000, LAG) + 5.0
    model = fit(errors, np.ones(2000, bool), order=0, ridge=1e-6)
    e = innovations(model, errors)
    np.testing.assert_allclose(e.mean(axis=0), 0.0, atol=1e-9)
    # The factor's floor of 0.1 % keeps the covariance that much below one.
    np.testing.assert_allclose(np.cov(e.T), np.eye(2), atol=0.01)


def test_tag_innovations_have_unit_spread_each():
    errors = process(5000, LAG) * np.array([1e3, 1e-3])
    model = fit(errors, np.ones(5000, bool), order=1, ridge=1e-6)
    np.testing.assert_allclose(tag_innovations(model, errors)[1:].std(axis=0), 1.0, atol=0.01)
