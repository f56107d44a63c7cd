from tests.physics.evaluate import evaluate


def test_truth_table():
    assert evaluate("logic_not", {"a.value": 0.0})["out.value"] == 1.0
    assert evaluate("logic_not", {"a.value": 1.0})["out.value"] == 0.0
