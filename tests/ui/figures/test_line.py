import pytest

from tests.ui import recorded_line as r
from ui.figures.line import flow_order, gains, lead_time, shares


def test_parts_stand_in_the_order_of_the_flow():
    links = [("b.out", "c.in"), ("a.out", "b.in"), ("c.out", "d.in"), ("crew.x", "crew.y")]
    assert flow_order(["crew", "c", "d", "b", "a", "spare"], links[:3]) == ["a", "b", "c", "d"]


def test_rework_does_not_turn_the_line_round():
    links = [("in.out", "join.in_1"), ("join.out", "press.in"), ("press.out", "look.in"), ("look.rework", "join.in_2"),
             ("look.out", "end.in")]  # fmt: skip
    assert flow_order(["end", "look", "press", "join", "in"], links) == ["in", "join", "press", "look", "end"]


def test_branches_follow_one_after_the_other():
    links = [("in.out", "split.in"), ("split.out_1", "a.in"), ("a.out", "b.in"), ("split.out_2", "c.in"),
             ("b.out", "join.in_1"), ("c.out", "join.in_2")]  # fmt: skip
    assert flow_order(["in", "split", "a", "c", "b", "join"], links) == ["in", "split", "a", "b", "c", "join"]


def test_bars_stack_to_the_whole_and_buffers_show_how_full_they_are():
    order = flow_order(r.PLANT.line, r.PLANT.links)
    figure = shares(order, r.RUN, {"line/filler": "Filler"})
    stacked = [sum(trace.y[0] for trace in figure.data if trace.name != "buffer filled")]
    assert stacked == [pytest.approx(100.0)]
    gauge = next(trace for trace in figure.data if trace.name == "buffer filled")
    assert list(gauge.y) == [50.0]  # 5 of 10
    assert "off shift" not in {trace.name for trace in figure.data}  # nobody was
    assert figure.layout.xaxis.ticktext[0] == "Filler"
    said = [note.text for note in figure.layout.annotations]
    assert "<b>▼ OEE 80 %</b>" in said
    assert said.count("›") == 2


def test_gains_are_drawn_with_their_intervals_best_on_top():
    bar = gains(r.RUN.gains, {}).data[0]
    assert list(bar.y) == ["line/packer", "line/filler"]  # drawn from below
    assert list(bar.error_x.array) == [0.1, 0.05]


def test_nothing_to_draw_is_said():
    assert "No world" in shares([], r.RUN, {}).layout.annotations[0].text
    assert "No part" in gains([], {}).layout.annotations[0].text
    assert lead_time({}) == ""
    assert lead_time(r.RUN.lead_s) == "5.00 min; nine in ten between 2.00 and 10.0 min"
