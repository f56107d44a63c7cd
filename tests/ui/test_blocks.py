from zoneinfo import ZoneInfo

from tests.ui.board import words
from ui import blocks
from ui.figures.theme import message

BERLIN = ZoneInfo("Europe/Berlin")


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
    assert blocks.spoken(fact, BERLIN) == "seed 0, rounds 8, 12, versions numpy 2.4"


def test_times_of_a_record_are_told_at_the_site():
    record = {"data": {"start_us": 1_742_166_000_000_000, "rows": 3}, "watermark_us": 0}
    # 1,742,166,000 s after the epoch is 2025-03-16 23:00 UTC; winter time adds an hour
    text = words(blocks.definitions(blocks.facts(record, BERLIN)))
    assert "start 17 Mar 2025, 00:00, rows 3" in text
    assert "01 Jan 1970, 01:00" in text
    assert "watermark us" not in text


def test_definitions_pair_names_and_values():
    assert words(blocks.definitions([("made", "today")])).split()[:1] == ["made"]


def test_a_chip_has_its_words_and_a_button_that_says_what_it_removes():
    badge, button = blocks.chip({"plan": "remove", "index": 1}, "TT-1 stay below 31 °C").children
    assert badge.children == "TT-1 stay below 31 °C"
    assert button.id == {"plan": "remove", "index": 1}
    assert getattr(button, "aria-label") == "Remove: TT-1 stay below 31 °C"


def test_a_long_table_comes_by_pages_and_a_short_one_whole():
    columns, rows = [{"field": "id"}], [{"id": str(index)} for index in range(blocks.PAGE_ROWS + 1)]
    assert blocks.grid("short", columns, rows[:-1]).dashGridOptions["pagination"] is False
    long = blocks.grid("long", columns, rows).dashGridOptions
    assert (long["pagination"], long["paginationPageSize"]) == (True, blocks.PAGE_ROWS)
    assert "pagination" not in blocks.grid("scrolls", columns, rows, height=300).dashGridOptions
