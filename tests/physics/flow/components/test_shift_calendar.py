"""Expected values: counted by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import machines, run, shares


def calendar(*shifts, period_s=100.0):
    return Part("shifts", "shift_calendar", {"period_s": period_s, "shifts": [list(row) for row in shifts]})


def test_work_is_broken_off_and_goes_on():
    line = machines(1, beside=(calendar((0, 1), (50, 0)),), settings={"cycle_s": 15.0, "calendar": "shifts"})
    found = run(line, horizon_s=1000.0, worlds=1)
    assert found.finished[0, 0] == 500 // 15
    assert shares(found, "m0")["off"] == pytest.approx(0.5)


def test_a_pool_has_as_many_people_as_the_shift():
    people = Part("people", "operator_pool", {"calendar": "shifts"})
    beside = (people, calendar((0, 0), (20, 1)))
    line = machines(1, beside=beside, settings={"cycle_s": 11.0, "operators": "people"})
    found = run(line, horizon_s=1000.0, warm_s=100.0, worlds=1)
    assert shares(found, "m0")["no_operator"] == pytest.approx(0.12)
    assert found.finished[0, 0] == 80


def test_a_line_that_waits_for_the_next_shift_has_not_stalled():
    line = machines(1, beside=(calendar((0, 0), (90, 1)),), settings={"cycle_s": 5.0, "calendar": "shifts"})
    found = run(line, horizon_s=1000.0, worlds=1)
    assert (found.status == 0).all()
    assert found.finished[0, 0] >= 19
