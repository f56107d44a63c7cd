"""SimPy models of three lines, with random numbers and code of their own, agree within their joint spread."""

import math

import numpy as np
import pytest

from tests.physics.flow.lines import run

twins = pytest.importorskip("tests.physics.flow.twins")

HORIZON_S, WARM_S, OURS, THEIRS = 40_000.0, 2000.0, 128, 40
SIGMAS = 4.0
"""Of the difference of two means: one false alarm in 16,000."""


def agree(ours, theirs):
    theirs = np.asarray(theirs, float)
    spread = math.sqrt(ours.var(ddof=1) / len(ours) + theirs.var(ddof=1) / len(theirs))
    assert abs(ours.mean() - theirs.mean()) < SIGMAS * spread
    # and the spread itself is small enough for the comparison to mean something
    assert spread < 0.01 * ours.mean()


def test_breakdowns_with_one_repair_person():
    found = run(twins.crew_layout(), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    agree(found.finished[:, 0], [twins.crew_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)])


def test_rework_up_to_twice():
    found = run(twins.rework_layout(), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    passed, rejected = zip(*(twins.rework_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)), strict=True)
    by_sink = {name: found.sunk[:, found.line.places_of(name)[0]] for name in ("good", "bad")}
    agree(by_sink["good"], passed)
    difference = by_sink["bad"].mean() - np.mean(rejected)
    assert abs(difference) < SIGMAS * math.sqrt(by_sink["bad"].var() / OURS + np.var(rejected) / THEIRS)


def test_vehicles_that_come_back_empty():
    found = run(twins.vehicle_layout(), horizon_s=HORIZON_S, warm_s=WARM_S, worlds=OURS)
    agree(found.finished[:, 0], [twins.vehicle_line(seed, HORIZON_S, WARM_S) for seed in range(THEIRS)])
