"""Expected values: the slope by hand."""

import pytest

from tests.physics.evaluate import evaluate

RAMP = {"rise_per_s": 0.2, "fall_per_s": 0.05, "landing_time_s": 0.1}


@pytest.mark.parametrize(("target", "rate"), [(9.0, 0.2), (-9.0, -0.05), (1.001, 0.01), (1.0, 0.0)])
def test_it_goes_no_faster_than_its_rates_and_lands_softly(target, rate):
    found = evaluate("ramp", RAMP | {"target.value": target, "output_ratio": 1.0})
    assert found["output_ratio.rate"] == pytest.approx(rate, abs=1e-3)
    assert found["out.value"] == 1.0
