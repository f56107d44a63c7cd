import numpy as np
import pytest

from physics.simulate.adams import ORDERS, History


def history(rate, time, ago, known):
    """History of rate(t) at a time, one quantity in one world."""
    earlier = np.array([[[rate(time - back)]] for back in ago])
    return History(np.array([[rate(time)]]), earlier, np.array(ago)[:, None], np.array([known]))


@pytest.mark.parametrize(("known", "degree"), [(0, 0), (1, 1), (2, 2)])
def test_polynomial_rates_are_predicted_without_error(known, degree):
    def rate(t):
        return 1.0 + sum(t**power for power in range(1, degree + 1))

    def integral(t):
        return t + sum(t ** (power + 1) / (power + 1) for power in range(1, degree + 1))

    past, h = history(rate, 2.0, (0.3, 0.8), known), np.array([0.7])
    assert past.predicted(h)[0, 0] == pytest.approx(integral(2.7) - integral(2.0), rel=1e-12)
    assert past.rate_after(h)[0, 0] == pytest.approx(rate(2.7), rel=1e-12)
    assert past.corrected(h, np.array([[rate(2.7)]]))[0, 0] == pytest.approx(integral(2.7) - integral(2.0), rel=1e-12)


@pytest.mark.parametrize("known", [0, 1, 2])
def test_corrected_growth_has_its_order_and_an_honest_error(known):
    def done(h):
        past, step = history(np.exp, 0.0, (0.8 * h, 1.7 * h), known), np.array([h])
        corrected = past.corrected(step, np.array([[np.exp(h)]]))
        error = past.error(step, past.predicted(step), corrected)
        return abs(corrected[0, 0] - np.expm1(h)), error[0, 0]

    coarse, fine = done(0.1), done(0.05)
    # Error over growth has the stated order, the error itself one more.
    assert np.log2(coarse[0] / fine[0]) == pytest.approx(ORDERS[known] + 1, abs=0.25)
    assert 0.5 < coarse[1] / coarse[0] < 2.0


def test_growth_is_never_below_zero():
    past = history(lambda t: np.maximum(-t, 0.0), -0.1, (1.0, 2.0), 2)
    h = np.array([5.0])
    assert past.predicted(h)[0, 0] >= 0.0
    assert past.rate_after(h)[0, 0] == 0.0
    assert past.corrected(h, np.zeros((1, 1)))[0, 0] >= 0.0
