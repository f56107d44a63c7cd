from zoneinfo import ZoneInfo

from tests.ui import recorded as r
from tests.ui.board import ids, words
from ui.changes import Targets
from ui.outcome_view import failure_table, kpi_table, kpi_tables, outcome_view

TARGETS = Targets.of(r.TARGETS.items, r.PLANT)


def test_the_answer_leads_with_its_verdict_and_names_its_limits():
    view = outcome_view(r.OUTCOME, TARGETS, ZoneInfo("Europe/Berlin"))
    text = words(view)
    assert text.index("Saves energy: 600 kJ less") < text.index("Figures of merit")
    assert "Outside the calibrated envelope" in text
    assert "valve-1 was never below 70 % in the log" in text
    assert "valve-1 opening set to 60.0 %. 8 h from now, 256 paired worlds." in text
    assert {"what-if-tag", "what-if-replay"} <= ids(view)


def test_a_difference_comes_with_its_interval_and_how_sure_it_is():
    text = words(kpi_table([r.KPI, r.UNCLEAR]))
    assert "−0.167 kWh" in text  # 6e5 J over 3.6e6 J/kWh
    assert "−0.169 … −0.164" in text
    assert "better, certain" in text
    assert "not told apart: 4000 worlds would tell" in text


def test_a_figure_that_nothing_reaches_is_called_the_same():
    nothing = {"median": 0.0, "low": 0.0, "high": 0.0, "mean": 0.0, "mean_low": 0.0, "mean_high": 0.0}
    still = r.UNCLEAR.difference.model_copy(update={**nothing, "worlds_needed": None})
    text = words(kpi_table([r.UNCLEAR.model_copy(update={"difference": still})]))
    assert "the same" in text
    assert "not told apart" not in text


def test_figures_of_single_tags_fold_away():
    mean = r.KPI.model_copy(update={"name": "FT-101 mean"})
    assert "Mean and maximum of 1 tags" in words(kpi_tables([r.KPI, mean], ["FT-101"]))
    assert "Mean and maximum" not in words(kpi_tables([mean], ["FT-101"]))


def test_failures_are_compared():
    text = words(failure_table(r.OUTCOME.failures, TARGETS))
    assert (
        text.index("Main pump")
        < text.index("bearing worn out")
        < text.index("2 %")
        < text.index("1 %")
        < text.index("55.00 % of limit")
    )


def test_an_answer_without_kpis_or_failures_says_so():
    assert "no KPIs" in words(kpi_table([]))
    assert "No asset" in words(failure_table([], TARGETS))
