"""Expected values: the times worked out by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import machines, run, shares


@pytest.mark.parametrize(("lead_s", "waits", "down"), [(50.0, 0.0, 10 / 110), (200.0, 90 / 200, 10 / 200)])
def test_a_machine_waits_for_its_part(lead_s, waits, down):
    """It works 100 s and is repaired in 10 s; with 200 s from order to delivery it fails 90 s too early each time."""
    beside = (
        Part("stock", "spare_stock", {"part_count": 1, "lead_s": lead_s}),
        Part("d", "breakdown", {"machine": "m0", "between_s": 100.0, "repair_s": 10.0, "spare": "stock"}),
    )
    found = run(machines(1, beside=beside), horizon_s=22_000.0, warm_s=1110.0, worlds=1)  # fmt: skip
    assert shares(found, "m0")["waiting_crew"] == pytest.approx(waits, abs=0.005)
    assert shares(found, "m0")["down"] == pytest.approx(down, abs=0.005)
