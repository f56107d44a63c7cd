from zoneinfo import ZoneInfo

from tests.ui.board import words
from tests.ui.recorded import COVERAGE
from ui.coverage_view import coverage_card

ZONE = ZoneInfo("Europe/Berlin")


def test_the_card_counts_what_was_right_and_names_what_is_furthest_off():
    text = words(coverage_card(COVERAGE, "loop", ZONE))
    assert "90 % promised" in text
    assert "for 2 of 3 tags and leads" in text
    assert "84 % [70, 89]" in text


def test_before_the_first_the_next_step_is_shown():
    assert "twin coverage loop" in words(coverage_card(None, "loop", ZONE))
