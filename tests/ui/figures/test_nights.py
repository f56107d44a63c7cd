from tests.ui.night import EARLIER, LATEST, night
from ui.figures.nights import skill


def test_scored_nights_make_a_line_and_new_models_a_star():
    figure = skill([LATEST, night("2026-02-27", "kept"), EARLIER])
    line, stars = figure.data
    assert list(line.x) == ["2026-02-27", "2026-03-01"]
    assert list(stars.x) == ["2026-03-01"]


def test_without_a_score_the_figure_says_so():
    assert "No forecast was scored yet" in skill([EARLIER]).to_json()
