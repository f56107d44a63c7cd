import pytest

from tests.physics.evaluate import evaluate


@pytest.mark.parametrize(("a", "b", "y"), [(0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1)])
def test_truth_table(a, b, y):
    assert evaluate("logic_or", {"a.value": a, "b.value": b})["out.value"] == y
