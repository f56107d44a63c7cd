from api.schemas.explanations import ExplanationList, ExplanationView
from tests.ui.board import Board, words
from tests.ui.fake_api import PLANT, FakeApi
from ui.explanations import answer

STATE = {"plant.data": "cooling-loop"}
ROW = ExplanationView(
    asset="loop/pump-1", correction="extra_loss_ratio", doc="Loss", share=0.8, regimes=[], terms={"f0 f0": 0.1},
    explained=0.93, gain=0.4, network_gain=0.45, proposed=True, text="Main pump: hydraulic loss reaches 12 %.",
)  # fmt: skip
PRESS = '{"explain":"accept","place":"loop/pump-1|extra_loss_ratio"}.n_clicks'


def test_a_proposed_term_has_a_button_and_another_one_has_none():
    board = Board(FakeApi({f"GET {PLANT}/explanations": ExplanationList(items=[ROW])}))
    told = words(board.fire("explain-content.children", {"explain-run.n_clicks": 1}, STATE))
    assert "Main pump: hydraulic loss reaches 12 %." in told
    assert "Take over" in told
    plain = ROW.model_copy(update={"proposed": False})
    assert "Take over" not in words(answer([plain]).to_plotly_json())
    assert "Nothing is learned" in words(answer([]).to_plotly_json())
