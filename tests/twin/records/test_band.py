import numpy as np
import pytest
from scipy.stats import norm

from twin.records.band import MOST_ASKED, Band, widening


def test_a_band_grows_between_leads_as_a_power_and_ends_where_an_error_is_stationary():
    inf = float("inf")
    walk = Band(0.9, (1.0, 4.0, 16.0, inf), {"q": (1.0, 2.0, 4.0, 3.0)})
    # A random walk's spread goes with the root of time, also between the edges and beyond the last one.
    np.testing.assert_allclose(walk.at("q", np.array([0.5, 2.0, 9.0, 16.0, 64.0])), [1.0, 2**0.5, 3.0, 4.0, 8.0])
    # Of a free run the last width is told at the last measured lead; it goes with the same course.
    np.testing.assert_allclose(walk.at("q", np.array([1.0, 9.0, 64.0]), followed=False), [0.75, 2.25, 6.0])
    still = Band(0.9, (1.0, 4.0, inf), {"q": (2.0, 2.1, 2.5)})
    np.testing.assert_allclose(still.at("q", np.array([1.0, 100.0])), [2.0, 2.5])
    sharper = Band(0.9, (1.0, 4.0, inf), {"q": (2.0, 2.1, 1.9)})
    np.testing.assert_allclose(sharper.at("q", np.array([1.0, 100.0]), followed=False), 1.9)
    np.testing.assert_allclose(sharper.at("q", np.array([100.0])), 2.1)
    assert np.isnan(still.at("r", np.array([1.0]))).all()
    np.testing.assert_allclose(Band(0.9, (inf,), {"q": (0.5,)}).at("q", np.array([1.0, 9.0])), 0.5)


def test_another_level_has_a_normal_errors_width():
    assert widening(0.9, 0.9) == pytest.approx(1.0)
    assert widening(0.99, 0.9) == pytest.approx(norm.ppf(0.995) / norm.ppf(0.95))
    assert widening(7.0, 0.9) == widening(MOST_ASKED, 0.9)
    band = Band(0.9, (10.0, 40.0, float("inf")), {"q": (1.0, 2.0, 3.0), "r": (1.0, 1.0, 1.0)})
    asked = band.asked_for({"q": {10.0: 0.99, 40.0: 0.9}})
    assert asked.half_width["q"] == pytest.approx((widening(0.99, 0.9), 2.0, 3.0))
    assert asked.half_width["r"] == band.half_width["r"]
