import pytest

from tests.physics.evaluate import evaluate


def test_it_weighs_and_adds():
    weights = {"weight_a_ratio": 2.0, "weight_b_ratio": -0.5, "constant_ratio": 0.1}
    assert evaluate("weighted_sum", weights | {"a.value": 0.3, "b.value": 0.4})["out.value"] == pytest.approx(0.5)
