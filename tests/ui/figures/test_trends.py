from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from api.schemas.readings import EventView
from tests.ui import recorded as r
from ui.figures.trends import runs, trends

BERLIN = ZoneInfo("Europe/Berlin")


def traces(figure, name):
    return [trace for trace in figure.data if trace.name == name]


def test_values_are_drawn_in_the_sensors_own_unit_at_site_time():
    figure = trends(r.TRENDS, BERLIN)
    flow, temperature = traces(figure, "hybrid")
    assert flow.y[0] == pytest.approx(60.0)  # 1e-3 m³/s is 60 L/min
    assert temperature.y[0] == pytest.approx(21.0)  # 294.15 K
    assert flow.x[-1].hour == 15  # 14:00 UTC in Berlin in March
    assert figure.layout.yaxis.title.text == "FT-101<br>L/min"
    assert figure.layout.yaxis2.title.text == "TT-101<br>°C"


def test_missing_data_stay_gaps():
    measured = traces(trends(r.TRENDS, BERLIN), "measured")[0]
    assert measured.y[100] is None
    assert measured.connectgaps is False


def test_the_band_is_one_outline_per_stretch_without_gap():
    holed = r.TRENDS.tags[0].model_copy(
        update={"low": [None, *r.TRENDS.tags[0].low[1:150], None, *r.TRENDS.tags[0].low[151:]]}
    )
    band = traces(trends(r.TRENDS.model_copy(update={"tags": [holed]}), BERLIN), "90 % band")[0]
    assert list(band.y).count(None) == 2
    assert len(band.y) == 2 * (149 + 137) + 2


def test_physics_alone_is_dashed():
    assert traces(trends(r.TRENDS, BERLIN), "physics alone")[0].line.dash == "dash"


def test_time_outside_the_training_data_is_shaded():
    shapes = trends(r.TRENDS, BERLIN).layout.shapes
    assert len(shapes) == 1
    assert shapes[0].x1 - shapes[0].x0 == timedelta(minutes=100)  # samples 200 to 220, five minutes each


def test_stops_are_shaded_and_events_marked_only_inside_the_picture():
    def event(kind, hours):
        start = r.NOW - timedelta(hours=hours)
        return EventView(kind=kind, asset="", start=start, end=start + timedelta(hours=1))

    events = [event("stop", 5), event("maintenance", 7), event("stop", 500)]
    inside = r.TRENDS.model_copy(update={"in_support": [True] * 288})
    assert [shape.type for shape in trends(inside, BERLIN, events).layout.shapes] == ["rect", "line"]


def test_the_legend_names_each_kind_once():
    named = [trace.name for trace in trends(r.TRENDS, BERLIN).data if trace.showlegend]
    assert named == ["90 % band", "physics alone", "hybrid", "measured"]


def test_a_tag_without_model_is_measured_alone():
    alone = r.TRENDS.tags[0].model_copy(update={"mean": [], "physics": [], "low": [], "high": []})
    figure = trends(r.TRENDS.model_copy(update={"tags": [alone, r.TRENDS.tags[1]]}), BERLIN)
    first = [trace.name for trace in figure.data if trace.yaxis in (None, "y") and len(trace.x)]
    assert first == ["measured"]
    assert [trace.name for trace in figure.data if trace.showlegend] == [
        "measured",
        "90 % band",
        "physics alone",
        "hybrid",
    ]


def test_before_calibration_nothing_is_called_hybrid():
    figure = trends(r.TRENDS.model_copy(update={"model_version": None}), BERLIN)
    assert traces(figure, "hybrid") == []
    assert len(traces(figure, "physics at the priors")) == 2


def test_no_tag_gives_a_message():
    assert trends(r.TRENDS.model_copy(update={"tags": []}), BERLIN).layout.annotations[0].text == "No tag chosen"


def test_runs_are_half_open():
    assert list(runs([True, False, True, True])) == [(0, 1), (2, 4)]


def test_an_event_says_what_it_was():
    greased = EventView(kind="product_change", asset="line-1/filler", start=r.NOW - timedelta(hours=7), text="juice")
    before = greased.model_copy(update={"start": r.NOW - timedelta(days=9)})
    marks = traces(trends(r.TRENDS, BERLIN, [before, greased]), "event")[0]
    assert list(marks.text) == ["product change, filler: juice"]
    assert marks.showlegend
