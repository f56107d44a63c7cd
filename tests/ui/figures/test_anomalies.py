from tests.ui import recorded as r
from ui.figures import anomalies, theme
from ui.words import site_zone

ZONE = site_zone("Europe/Berlin")


def test_only_what_exceeds_the_limit_is_marked():
    line, marks = anomalies.course(r.ANOMALIES, ZONE).data
    assert [index for index, value in enumerate(marks.y) if value is not None] == [50, 51, 52]
    assert (line.y[20], line.y[50], marks.marker.color) == (None, 4.0, theme.ALARM)


def test_healthy_rows_lie_on_grey_ground_in_the_sites_time():
    ground = next(shape for shape in anomalies.course(r.ANOMALIES, ZONE).layout.shapes if shape.type == "rect")
    assert str(ground.x1).startswith("2026-03-02 03:35")  # 02:35 UTC: row 150 of 288 in steps of 5 min to 14:00
    assert ground.fillcolor == theme.STOPPED


def test_a_score_of_nothing_stays_on_the_logarithmic_axis():
    figure = anomalies.course(r.ANOMALIES.model_copy(update={"ratio": [0.0] * 72}), ZONE)
    assert set(figure.data[0].y) == {anomalies.LEAST_RATIO}


def test_no_rows_say_so():
    empty = r.ANOMALIES.model_copy(update={"times": [], "ratio": []})
    assert anomalies.course(empty, ZONE).layout.annotations[0].text == "No rows in this stretch"
