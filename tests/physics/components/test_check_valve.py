"""Expected values: an open and a shut passage; a passage that throttles lets more through at more pressure."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.physics.evaluate import evaluate


def flow(drop_pa):
    changes = {"inlet.pressure_pa": 101_325.0 + drop_pa, "flow_coefficient_m3_per_s": 3e-3, "leak_ratio": 1e-3}
    return float(evaluate("check_valve", changes)["flow_m3_per_s"])


def test_forward_it_is_an_open_valve():
    assert flow(1e5) == pytest.approx(3e-3, rel=1e-6)


def test_backward_it_leaks_a_thousandth():
    assert flow(-1e5) == pytest.approx(-3e-6, rel=1e-6)


def test_below_its_opening_pressure_it_only_leaks():
    assert flow(900.0) == pytest.approx(1e-3 * 3e-3 * (900.0 / 1e5) ** 0.5, rel=1e-2)


def test_a_worn_seat_leaks_back_and_wears_with_what_is_throttled():
    changes = {"inlet.pressure_pa": 1_325.0, "seat_wear_ratio": 1.0, "wear_per_j": 1e-9}
    found = evaluate("check_valve", changes)
    leak = (1e-3 + 0.999 * 0.05) * 3e-3
    assert found["flow_m3_per_s"] == pytest.approx(-leak, rel=1e-4)
    assert found["seat_wear_ratio.rate"] == pytest.approx(1e-9 * leak * 1e5, rel=1e-4)


@given(st.floats(0.0, 1e5), st.floats(1.0, 1e5), st.floats(0.0, 1.0).map(lambda share: share**4), st.floats(1.0, 5.5))
def test_more_pressure_never_means_less_flow(opening_pa, width_pa, leak_ratio, decades):
    drop_pa = np.concatenate([-np.logspace(decades, -2, 400), np.logspace(-2, decades, 400)])
    changes = {"opening_pa": opening_pa, "width_pa": width_pa, "leak_ratio": leak_ratio}
    flows = evaluate("check_valve", changes | {"inlet.pressure_pa": 101_325.0 + drop_pa})["flow_m3_per_s"]
    assert np.min(np.diff(flows)) >= 0.0
