import pytest

from tests.physics.evaluate import evaluate


@pytest.mark.parametrize(("heard", "sent"), [(0.4, 0.4), (3.0, 0.8), (-3.0, 0.2)])
def test_it_holds_a_signal_between_its_ends(heard, sent):
    found = evaluate("limiter", {"heard.value": heard, "low_ratio": 0.2, "high_ratio": 0.8})
    assert found["out.value"] == pytest.approx(sent, abs=1e-3)
