import pytest

from tests.twin.cell_result import result
from ui.figures.cell import cycles, torques


def test_cycles_stand_at_their_turn_with_the_mean_of_all_worlds():
    worlds = [
        {"boxes": [{"begun_s": 0.0, "ended_s": 6.0}, {"begun_s": 6.0, "ended_s": 13.0}]},
        {"boxes": [{"begun_s": 1.0, "ended_s": 9.0}, {"begun_s": 9.0, "ended_s": None}]},
    ]
    points, means = cycles(worlds).data
    assert list(zip(points.x, points.y, strict=True)) == [(1, 6.0), (1, 8.0), (2, 7.0)]
    assert list(zip(means.x, means.y, strict=True)) == [(1, 7.0), (2, 7.0)]


def test_without_a_cycle_the_figure_says_so():
    assert "No cycle ended" in cycles([{"boxes": []}]).layout.annotations[0].text


def test_torques_are_shares_of_the_limit():
    peak, effective = torques(result()["joints"]).data
    assert (peak.x[0], effective.x[0]) == (pytest.approx(20.0), pytest.approx(100 * 20 / 150))
