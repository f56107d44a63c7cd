"""Expected values: the truth table of IEC 61131-3's SR."""

import pytest

from tests.physics.evaluate import evaluate


@pytest.mark.parametrize(("s", "r", "on", "off"), [(0, 0, 0, 0), (1, 0, 1, 0), (0, 1, 0, 1), (1, 1, 1, 0)])
def test_set_is_dominant_and_neither_keeps(s, r, on, off):
    found = evaluate("latch", {"set.value": s, "reset.value": r})
    assert (found["held.on"] > 0, found["held.off"] > 0) == (on, off)


def test_it_sends_what_it_holds():
    assert evaluate("latch", {"held": 1.0})["out.value"] == 1.0
