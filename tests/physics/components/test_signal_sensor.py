"""Expected values: a transmitter's characteristic by hand."""

import pytest

from tests.physics.evaluate import evaluate

TRANSMITTER = {
    "gain_ratio": 2.0, "offset_ratio": 0.1, "range_low_ratio": 0.0, "range_high_ratio": 5.0, "felt_ratio": 1.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "reading"),
    [
        ({}, 2.1),
        ({"noise_ratio": -0.3}, 1.8),
        ({"digit_ratio": 0.5}, 2.0),
        ({"felt_ratio": 9.0}, 5.0),
        ({"dropout_ratio": 1.0}, 0.0),
    ],
)
def test_gain_noise_digit_range_and_dropout(changes, reading):
    assert evaluate("signal_sensor", TRANSMITTER | changes)["out.value"] == pytest.approx(reading, abs=2e-3)


def test_it_follows_with_its_time_constant():
    found = evaluate("signal_sensor", TRANSMITTER | {"target.value": 3.0, "time_constant_s": 4.0})
    assert found["felt_ratio.rate"] == pytest.approx(0.5)
