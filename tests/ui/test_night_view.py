from zoneinfo import ZoneInfo

from tests.ui.board import words
from tests.ui.night import EARLIER, LATEST
from ui.night_view import gain, night_view

BERLIN = ZoneInfo("Europe/Berlin")


def test_a_night_tells_forecast_findings_and_checks_in_local_time():
    told = words(night_view(LATEST, BERLIN).to_plotly_json())
    assert "41 %" in told
    assert "01 Mar 2026, 13:00" in told
    assert "better than champion" in told


def test_a_night_without_data_has_nothing_to_hide():
    told = words(night_view(EARLIER, BERLIN).to_plotly_json())
    assert "Nothing asks for attention." in told
    assert "What the gate checked" not in told


def test_a_forecast_that_is_worse_than_yesterday_says_so():
    assert (gain(-2.05), gain(0.41), gain(None)) == ("-205 %", "41 %", "–")
