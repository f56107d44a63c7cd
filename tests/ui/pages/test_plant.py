from api.schemas.models import ModelView
from api.schemas.plants import DiffView
from api.schemas.prognosis import ForecastList
from tests.ui import recorded as r
from tests.ui.board import Board, ids, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.pages.plant import Glance, diff_table, healths

STATE = {"plant.data": "cooling-loop"}
MISSING = (404, {"title": "Not found"})


def open_page(api=None):
    board = Board(api or FakeApi())
    return words(board.fire("page.children", {"address.pathname": "/", "address.search": ""})["response"]["page"])


def test_the_page_sums_up_the_plant():
    text = open_page()
    for expected in ("1 of 3 tags stale", "version 3", "bearing worn out: 41 % within 30 d", "wider prior"):
        assert expected in text


def test_without_model_and_forecast_the_page_names_the_next_steps():
    text = open_page(FakeApi({f"GET {PLANT}/models/champion": MISSING, f"GET {PLANT}/predictions/latest": MISSING}))
    assert "Recalibrate on page Models" in text
    assert "Run a prediction on page Failures" in text


def test_a_click_in_the_graph_chooses_the_asset_and_a_click_on_a_group_does_not():
    board = Board(FakeApi())
    tapped = {"plant-graph.tapNodeData": {"id": r.PUMP, "kind": "asset"}}
    assert board.fire("plant-asset.value", tapped)["response"]["plant-asset"]["value"] == r.PUMP
    assert (
        board.fire("plant-asset.value", {"plant-graph.tapNodeData": {"id": "utilities", "kind": "group"}})["response"]
        == {}
    )


def test_the_chosen_asset_is_shown_in_depth():
    answer = Board(FakeApi()).fire("plant-panel.children", {"plant-asset.value": r.PUMP}, STATE)
    assert "0.002300 ± 5.0·10⁻⁵" in words(answer)


def test_health_is_the_worst_mode_and_the_stalest_tag():
    later = r.BEARING.model_copy(update={"mode": "seal", "probability": {30: r.chance(0.1, 0.0, 0.2)}})
    found = healths(Glance(r.PLANT, r.STATUS, None, [r.BEARING, later]))
    assert found[r.PUMP].risk == 0.41
    assert found["utilities/loop/tank-1"].stale
    assert found["utilities/loop/supply"].risk is None


def test_two_revisions_are_compared():
    board = Board(FakeApi())
    answer = board.fire("plant-diff.children", {"plant-from.value": "1", "plant-to.value": "2"}, STATE)
    assert "flow_max_m3_per_s/sd" in words(answer)
    assert board.api.requests[-1][1] == {"from": "1", "to": "2"}


def test_equal_revisions_are_said_to_be_equal():
    assert "do not differ" in words(diff_table(DiffView(plant="p", from_revision=1, to_revision=1, items=[])))


def test_the_recorded_views_have_the_shapes_of_the_api():
    assert ModelView.model_validate(r.MODEL.model_dump(mode="json")) == r.MODEL
    assert ForecastList.model_validate(r.FORECASTS.model_dump(mode="json")) == r.FORECASTS


def test_a_plant_without_assets_says_how_to_add_them():
    board = Board(FakeApi({f"GET {PLANT}": r.PLANT.model_copy(update={"assets": []})}))
    answer = board.fire("page.children", {"address.pathname": "/", "address.search": ""})
    assert "add assets to its plant file" in words(answer)
    assert "plant-graph" not in ids(answer)


def test_a_forecast_of_an_asset_that_was_taken_out_does_not_break_the_page():
    rest = [asset for asset in r.PLANT.assets if asset.id != r.PUMP]
    links = [link for link in r.PLANT.connections if r.PUMP not in str(link)]
    plant = r.PLANT.model_copy(update={"assets": rest, "connections": links, "sensors": []})
    answer = Board(FakeApi({f"GET {PLANT}": plant})).fire(
        "page.children", {"address.pathname": "/", "address.search": ""}
    )
    assert "plant-graph" in ids(answer)
    assert "pump-1" in words(answer)
