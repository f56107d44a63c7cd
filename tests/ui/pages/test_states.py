from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from tests.ui.recorded import PUMP

STATE = {"plant.data": "cooling-loop"}
OPEN = {"address.pathname": "/states", "address.search": ""}


def test_wear_stands_first_and_what_surprised_below():
    answer = Board(FakeApi()).fire("page.children", OPEN)
    told = words(answer)
    assert told.index("Added leak over new leak") < told.index("heat temperature")
    assert "leak, w" not in told
    assert told.index("TT-101") < told.rindex("FT-101")
    assert "−0.200 ± 0.03 °C" in told
    assert {"states-table", "states-detail", "states-surprises"} <= ids(answer)


def test_a_number_is_chosen_in_the_table():
    chosen = {"states-table.selectedRows": [{"id": f"{PUMP}.wear_ratio"}]}
    answer = Board(FakeApi()).fire("states-detail.children", chosen, STATE)
    assert "states-course" in ids(answer)


def test_before_the_first_look_the_next_step_is_shown():
    api = FakeApi({f"GET {PLANT}/estimates/latest": (409, {"title": "Not ready"})})
    assert "twin estimate cooling-loop" in words(Board(api).fire("page.children", OPEN))
