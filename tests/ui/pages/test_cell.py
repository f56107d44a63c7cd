from api.schemas.base import Page
from tests.ui.board import Board, words
from tests.ui.fake_api import PLANT, FakeApi
from tests.ui.recorded_cell import CELL_VIEW, NOT_HERE, STALE, STANDINGS

STATE = {"plant.data": "cooling-loop"}
OPEN = {"address.pathname": "/cell", "address.search": ""}
KEPT = {f"GET {PLANT}/cells/standings": STANDINGS, f"GET {PLANT}/cells": CELL_VIEW}


def of(*standings):
    return {**KEPT, f"GET {PLANT}/cells/standings": Page(items=list(standings))}


def test_a_measured_cell_is_shown_whole():
    told = words(Board(FakeApi(KEPT)).fire("page.children", OPEN))
    for said in ("Cycle times measured by cell 1f8d.", "Every place of the pallet is within reach.", "Joint torques"):
        assert said in told


def test_a_stale_one_says_so_and_shows_no_old_film():
    told = words(Board(FakeApi(of(STALE))).fire("page.children", OPEN))
    assert "changed since" in told
    assert "No simulation of this cell is kept here" in told


def test_without_the_extra_the_button_is_off_and_the_rest_is_there():
    told = words(Board(FakeApi(of(NOT_HERE))).fire("page.children", OPEN))
    assert "pip install" in told
    assert "Every place of the pallet is within reach." in told


def test_a_simulation_is_ordered_for_its_cell_and_shown_when_done():
    api = FakeApi({**KEPT, f"POST {PLANT}/cells": (202, {"id": "job-2"})})
    board = Board(api)
    ended = {'{"page":"cell","progress":"ended"}.data': {"id": "job-2", "state": "done"}}
    assert "Joint torques" in words(board.fire("cell-content.children", ended, STATE))


def test_a_plant_without_a_cell_sees_how_one_is_described():
    told = words(Board(FakeApi(of())).fire("page.children", OPEN))
    assert "type: robot_cell" in told
