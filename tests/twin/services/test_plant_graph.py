import pytest

from twin.errors import NotFound
from twin.services import plants
from twin.services.plant_graph import Question, ask

TEXT = """\
plant: loop
assets:
  - {id: tank, type: tank}
  - {id: valve, type: valve}
  - {id: pit, type: tank}
  - {id: store, type: tank}
connections:
  - [tank.bottom, valve.inlet]
  - [valve.outlet, pit.top]
sensors:
  - {tag: FT, measures: valve.flow_m3_per_s, unit: L/min}
"""


@pytest.fixture
def filled(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


@pytest.mark.parametrize(
    ("question", "asset", "other", "groups"),
    [
        (Question.DOWNSTREAM, "tank", "", (("valve", "pit"),)),
        (Question.UPSTREAM, "pit", "", (("valve", "tank"),)),
        (Question.AFFECTED, "pit", "", (("valve", "tank"),)),
        (Question.PATH, "pit", "tank", (("pit", "valve", "tank"),)),
        (Question.ISLANDS, "", "", (("tank", "valve", "pit"), ("store",))),
    ],
)
def test_answer_names_assets_and_their_tags(filled, question, asset, other, groups):
    answer = ask(filled, "loop", question, asset=asset, other=other)
    assert answer.groups == groups
    assert answer.tags[0] == ("FT",)
    assert answer.revision.revision == 1


def test_unknown_asset_is_named(filled):
    with pytest.raises(NotFound):
        ask(filled, "loop", Question.UPSTREAM, asset="nothing")
