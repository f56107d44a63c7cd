"""Expected values: the geometric law of repeated failures."""

import numpy as np
import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run


def loop(fail, limit, reject):
    settings = {"fail_ratio": fail, "rework_limit_count": limit, "cycle_s": 1.0}
    parts = [
        Part("source", "source", {"interval_s": 10.0}),
        Part("join", "merger"),
        Part("m", "machine", {"cycle_s": 1.0}),
        Part("look", "inspection", settings),
        Part("sink", "sink"),
    ]
    links = [("source.out", "join.in_1"), ("join.out", "m.in"), ("m.out", "look.in"), ("look.out", "sink.in"),
             ("look.rework", "join.in_2")]  # fmt: skip
    if reject:
        parts.append(Part("bin", "sink"))
        links.append(("look.reject", "bin.in"))
    return run(Layout(tuple(parts), tuple(links)), horizon_s=40_000.0, worlds=4)


def test_items_are_worked_on_until_they_pass():
    found = loop(0.3, 50, reject=False)
    worked = found.done[:, found.line.places_of("m")[0]].sum() / found.finished.sum()
    spread = np.sqrt(0.3) / 0.7 / np.sqrt(found.finished.sum())
    assert abs(worked - 1 / 0.7) < 4 * spread


def test_after_the_limit_an_item_is_given_up():
    """Half fail each time: after two times back one in eight is given up."""
    found = loop(0.5, 2, reject=True)
    given_up, whole = found.sunk[:, found.line.places_of("bin")[0]].sum(), found.finished.sum()
    assert given_up / whole == pytest.approx(0.5**3, abs=4 * np.sqrt(0.125 * 0.875 / whole))


def test_a_failed_item_without_rework_leaves_by_reject():
    look = Part("look", "inspection", {"fail_ratio": 1.0, "cycle_s": 0.5})
    parts = (Part("source", "source", {"interval_s": 1.0}), look,
             Part("sink", "sink"), Part("bin", "sink"))  # fmt: skip
    links = (("source.out", "look.in"), ("look.out", "sink.in"), ("look.reject", "bin.in"))
    found = run(Layout(parts, links), horizon_s=10.0, worlds=1)
    assert found.finished.sum() == 9
