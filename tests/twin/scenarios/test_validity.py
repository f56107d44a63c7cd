import numpy as np
import pytest

from tests.twin.spindle import BEARING, opened, worlds_of
from twin.records.scenario import Change, ChangeKind
from twin.records.window import SignalWindow
from twin.scenarios.validity import Envelope, envelope_of, judge

ALIVE = np.ones(4, np.bool_)


@pytest.fixture(scope="module")
def worlds():
    return worlds_of(*opened(), 4)


def test_the_envelope_is_the_range_of_usable_rows():
    window = SignalWindow(
        "p", 0, 1.0, ("T",), np.array([[1.0], [9.0], [3.0]]), np.array([[True], [False], [True]]), ("U",),
        np.array([[5.0], [7.0], [6.0]]), np.array([True, True, False]), ((0, 2),), 0,
    )  # fmt: skip
    assert envelope_of(window).ranges == {"U": (5.0, 7.0), "T": (1.0, 3.0)}


def test_inside_the_range_nothing_is_said(worlds):
    series = {"SC-1": np.linspace(10.0, 20.0, 5)}
    assert judge((), worlds, series, Envelope({"SC-1": (10.0, 20.0)}), alive=ALIVE) == {"inside": True, "reasons": []}


def test_a_tag_out_of_range_is_named_with_what_it_reaches(worlds):
    series = {"SC-1": np.linspace(10.0, 30.0, 5)}
    found = judge((), worlds, series, Envelope({"SC-1": (10.0, 20.0)}), alive=ALIVE)
    assert not found["inside"]
    assert found["reasons"] == ["SC-1 reaches 30, calibrated from 10 to 20 (SI)"]


def test_a_twentieth_of_the_range_beyond_it_is_still_inside(worlds):
    envelope = Envelope({"SC-1": (10.0, 20.0)})
    for edge, inside in ((9.6, True), (9.4, False), (20.4, True), (20.6, False)):
        assert judge((), worlds, {"SC-1": np.array([15.0, edge])}, envelope, alive=ALIVE)["inside"] is inside


def test_a_parameter_that_no_log_has_shown_is_named(worlds):
    change = Change(ChangeKind.PARAMETER, f"{BEARING}.cooling_w_per_k", factor=2.0)
    found = judge((change,), worlds, {}, Envelope({}), alive=ALIVE)
    assert "cooling_w_per_k is set to 1" in found["reasons"][0]


def test_lost_worlds_are_counted(worlds):
    found = judge((), worlds, {}, Envelope({}), alive=np.array([True, True, False, True]))
    assert found["reasons"] == ["1 of 4 worlds could not be simulated and are left out"]


def test_priors_alone_are_outside(worlds):
    assert "never calibrated" in judge((), worlds, {}, None, alive=ALIVE)["reasons"][0]
