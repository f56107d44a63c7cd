import pytest

from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import FakeApi
from ui.changes import Targets
from ui.question import form

TARGETS = {"what-if-targets.data": Targets.of(r.TARGETS.items, r.PLANT).stored()}
VALVE = "utilities/loop/valve-1.opening_ratio"
CHANGE = {"kind": "input", "target": VALVE, "value": 0.6, "at_s": 0.0}
REMOVE = '{"index":["ALL"],"what-if":"remove"}.n_clicks'


def edit(changes, *, choice=f"input {VALVE}", mode="set to", typed=60, at=0):
    state = {
        "what-if-changes.data": changes, "what-if-target.value": choice, "what-if-mode.value": mode,
        "what-if-value.value": typed, "what-if-at.value": at, **TARGETS,
    }  # fmt: skip
    board = Board(FakeApi())
    return board.fire("what-if-hint.children", {"what-if-add.n_clicks": 1, REMOVE: None}, state)["response"]


def test_a_change_is_added_in_si():
    added = edit([])["what-if-changes"]["data"]
    assert added == [{"kind": "input", "target": VALVE, "value": pytest.approx(0.6), "at_s": 0.0}]


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"choice": None}, "Choose what to change."),
        ({"typed": ""}, "Type a number"),
        ({"typed": "wide"}, "Type a number"),
    ],
)
def test_an_incomplete_change_gets_a_hint(given, hint):
    answer = edit([], **given)
    assert hint in answer["what-if-hint"]["children"]
    assert "what-if-changes" not in answer


def test_changes_name_the_question():
    answer = Board(FakeApi()).fire("what-if-name.value", {"what-if-changes.data": [CHANGE]}, TARGETS)["response"]
    assert answer["what-if-name"]["value"] == "valve-1 opening set to 60.0 %"


def test_maintenance_needs_no_value():
    inputs = {"what-if-target.value": f"maintenance {r.PUMP}", "what-if-mode.value": "set to"}
    assert Board(FakeApi()).fire("what-if-value.disabled", inputs)["response"]["what-if-value"]["disabled"] is True


def test_a_link_from_an_asset_chooses_it_already():
    fields = form(Targets.of(r.TARGETS.items, r.PLANT), r.PUMP)
    assert "Main pump: Head at no flow (now 12.0 m)" in words(fields)
    assert fields.children[0].children[0].value == f"parameter {r.PUMP}.head_shutoff_m"
    assert {"what-if-run", "what-if-horizon", "what-if-worlds"} <= ids(fields)
