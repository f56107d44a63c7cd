"""Expected values: IEC 60028 copper."""

import pytest

from physics.laws import winding


def test_quoted_at_twenty_degrees():
    assert winding.resistance_ohm(0.8, 293.15) == 0.8


def test_a_hundred_kelvin_add_thirty_nine_percent():
    assert winding.resistance_ohm(1.0, 393.15) == pytest.approx(1.393)
