from tests.ui import recorded_line as r
from tests.ui.board import ids, words
from ui.line_view import compared, headlines, level, oee_split, pays_most, trouble


def test_headlines_name_figures_with_intervals_and_the_bottleneck():
    told = words(headlines(r.RUN, r.KPIS, {"line/filler": "Filler"}))
    for part in ("36.0 per h", "80.0 %", "7.00", "5.00 min; nine in ten between 2.00 and 10.0 min", "Filler"):
        assert part in told


def test_a_bottleneck_is_named_only_where_its_gain_is_beyond_its_interval():
    names = {"line/filler": "Filler", "line/packer": "Packer"}
    assert pays_most(r.RUN, names)[0] == "Filler"
    unsure = r.RUN.model_copy(update={"gains": r.RUN.gains[1:]})  # 0.1 ± 0.1 %
    assert pays_most(unsure, names) == ("None clearly", "first Packer: 0.10 ± 0.10 % of throughput for 1 % speed")


def test_a_figure_that_is_not_there_is_a_dash():
    assert level(None) == ("–", "")
    assert oee_split(None, {}) == ""
    assert "–" in words(headlines(r.RUN.model_copy(update={"gains": []}), [], {}))


def test_both_runs_are_drawn_one_below_the_other():
    shown = compared(r.PLANT, r.ANSWER)
    assert {"what-if-line-before", "what-if-line-after"} <= ids(shown)
    assert "1 % more speed gives of throughput: filler 0.90 ± 0.050 %, packer 0.10 ± 0.10 %." in words(shown)


def test_worlds_that_ended_early_are_named():
    assert "ended early" not in words(trouble(r.ANSWER))
    stuck = r.ANSWER.model_copy(update={"trouble": ["3 of 8 worlds: deadlock at line/join"]})
    assert "deadlock at line/join" in words(trouble(stuck))
