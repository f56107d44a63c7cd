"""Functions written out as series, against NumPy's; drawing ahead is tested beside the events in test_recursion."""

import numpy as np
import pytest

from physics.flow.kernels import ahead
from physics.flow.layout import Part
from physics.simulate.streams import uniform
from tests.physics.flow.lines import chain, run

COUNT = 400


def drawn(times):
    """Times of a machine that is always free: each is the lead time of one item."""
    parts = (Part("source", "source"), Part("m", "machine", {"cycle_s": times}), Part("sink", "sink"))
    found = run(chain(*parts), horizon_s=2e7, worlds=9, seed=7, lead_count=1 << 14, events=False)
    assert not np.isnan(found.lead_s[:, COUNT]).any()
    return found.lead_s[:, :COUNT]


def numbers():
    return np.array([uniform(7, world, "m.cycle_s", COUNT) for world in range(9)])


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"exponential": {"mean_s": 4e4}}, lambda u: -4e4 * np.log(u)),
        ({"weibull": {"mean_s": 2e4, "shape": 0.5}}, lambda u: 1e4 * np.log(u) ** 2),
    ],
)
def test_logarithm_and_power_hold_to_the_last_digits(times, expected):
    """An item's lead time is the difference of two sums of up to 2e7 s, known to 4e-9 s."""
    np.testing.assert_allclose(drawn(times), expected(numbers()), rtol=4e-15, atol=8e-9)


def test_each_function_is_there_for_single_numbers_and_for_several():
    text = ahead.curves()
    for name in ("log_of", "exp_of", "pow_of"):
        assert f"FN double {name}(double" in text
        assert f"FN V {name}(V" in text
