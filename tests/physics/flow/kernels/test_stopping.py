"""Expected values: by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import machines, run, shares


def test_two_failure_modes_of_one_machine_tick_together():
    """Work stops at 30 s and 60 s of work (mode a), at 50 s (mode b), and so on; each keeps its own count."""
    beside = (Part("a", "breakdown", {"machine": "m0", "between_s": 30.0, "repair_s": 1.0}),
              Part("b", "breakdown", {"machine": "m0", "between_s": 50.0, "repair_s": 2.0}))  # fmt: skip
    found = run(machines(1, beside=beside, settings={"cycle_s": 7.0}), horizon_s=3000.0, worlds=1)
    worked = shares(found, "m0")["busy"] * 3000
    assert worked * (1 + 1 / 30 + 2 / 50) == pytest.approx(3000, rel=2e-3)
    assert found.stops[0].tolist() == pytest.approx([worked // 30, worked // 50], abs=1)


def test_a_calendar_breakdown_during_another_lengthens_the_stop():
    beside = (
        Part("a", "breakdown", {"machine": "m0", "between_s": 50.0, "repair_s": 50.0}),
        Part("b", "breakdown", {"machine": "m0", "between_s": 75.0, "repair_s": 50.0, "counts": "calendar_time"}),
    )
    found = run(machines(1, beside=beside, settings={"cycle_s": 500.0}), horizon_s=126.0, worlds=1)  # fmt: skip
    # down from 50 to 100 by a, from 75 to 125 by b: it works again from 125 on
    assert shares(found, "m0")["down"] * 126 == pytest.approx(75.0)
