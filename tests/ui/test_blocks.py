from tests.ui.board import words
from ui import blocks
from ui.figures.theme import message


def test_an_empty_state_names_the_next_step():
    text = words(blocks.empty("No model yet", "Recalibrate first.", blocks.command("twin recalibrate hall")))
    assert "No model yet" in text
    assert "twin recalibrate hall" in text


def test_a_fresh_installation_is_told_how_to_begin():
    assert "twin plant import plant.yaml" in words(blocks.no_plant())


def test_a_picture_is_as_high_as_its_figure():
    assert blocks.graph(message("nothing", height=321)).style["height"] == 321


def test_a_table_keeps_its_rows_and_choice():
    rows = [{"id": "a", "n": 1}, {"id": "b", "n": 2}]
    grid = blocks.grid("t", [{"field": "n"}], rows, select="single", selected=rows[1:])
    assert (grid.rowData, grid.selectedRows) == (rows, [rows[1]])
    assert grid.dashGridOptions["rowSelection"]["mode"] == "singleRow"


def test_the_label_says_where_synthetic_logs_come_from():
    assert "not from a real plant" in words(blocks.synthetic_label())


def test_facts_are_told_without_brackets():
    fact = {"seed": 0, "rounds": [8, 12], "start_us": None, "versions": {"numpy": "2.4"}}
    assert blocks.spoken(fact) == "seed 0, rounds 8, 12, versions numpy 2.4"


def test_definitions_pair_names_and_values():
    assert words(blocks.definitions([("made", "today")])).split()[:1] == ["made"]
