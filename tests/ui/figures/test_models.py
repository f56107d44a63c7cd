import pytest

from tests.ui import recorded as r
from ui.figures.models import Fitted, posteriors, scores


def test_scores_are_shares_of_the_error_of_physics_alone():
    dots = {trace.name: trace for trace in scores(r.GATE).data}
    assert list(dots["hybrid"].y) == ["all tags", "FT-101", "TT-101"]
    assert list(dots["hybrid"].x) == pytest.approx([0.5, 0.5, 0.5])
    assert list(dots["persistence"].x) == pytest.approx([2.5, 4.0e-5 / 1.2e-5, 2.0])
    assert list(dots["physics alone"].x) == [1.0, 1.0, 1.0]


def test_errors_that_are_hundreds_of_times_apart_fit_in_one_picture():
    assert scores(r.GATE).layout.xaxis.type == "log"


def test_a_gate_without_scores_says_so():
    assert "no scores" in scores(r.GATE.model_copy(update={"scores": {}})).layout.annotations[0].text


def test_posteriors_are_told_in_prior_standard_deviations():
    prior, fitted = posteriors([Fitted("flow", 2.0e-3, 0.4e-3, 2.3e-3, 5e-5)]).data
    assert list(prior.x) == [0.0]
    assert list(fitted.x) == pytest.approx([0.75])
    assert list(fitted.error_x.array) == pytest.approx([0.25])


def test_numbers_without_a_prior_are_not_drawn():
    assert "prior" in posteriors([Fitted("flow", None, None, 1.0, 0.1)]).layout.annotations[0].text
