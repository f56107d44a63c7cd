import pytest

from tests.physics.evaluate import evaluate


def test_it_closes_the_gap_in_its_time_constant():
    found = evaluate("lag", {"heard.value": 2.0, "gain_ratio": 1.5, "output_ratio": 1.0, "time_constant_s": 4.0})
    assert found["output_ratio.rate"] == pytest.approx(0.5)
    assert found["out.value"] == 1.0
