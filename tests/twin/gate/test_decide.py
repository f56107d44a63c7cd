import numpy as np
import pytest

from twin.gate.decide import Case, best_candidate, decide

RNG = np.random.default_rng(7)
MEASURED = RNG.normal(size=(400, 2))


def predicted(error):
    return MEASURED + error * RNG.normal(size=MEASURED.shape)


def case(candidate="hybrid", half_width=0.5, critical=("a",), **errors):
    return Case(
        measured=MEASURED,
        predicted={name: predicted(error) for name, error in errors.items()},
        candidate=candidate,
        tags=("a", "b"),
        scale=np.ones(2),
        critical=frozenset(critical),
        half_width=np.full(2, half_width),
        level=0.9,
    )


def test_a_hybrid_that_beats_all_goes_into_service():
    report = decide(case(hybrid=0.2, physics=0.5, arx=0.6, persistence=1.4), [], (0, 1))
    assert report.promoted
    assert "60 % smaller error than physics alone" in report.verdict or "goes into service" in report.verdict
    assert report.scores["physics"]["a"] == pytest.approx(0.5, rel=0.1)


def test_a_residual_that_does_not_beat_physics_makes_way_for_it():
    both = case(hybrid=0.6, physics=0.3, arx=0.9)
    assert best_candidate(both) == "physics"
    report = decide(Case(**{**vars(both), "candidate": "physics"}), [], (0, 1))
    assert report.promoted
    assert report.verdict.startswith("Physics alone")


def test_a_candidate_behind_arx_is_refused_in_words():
    report = decide(case(hybrid=0.5, physics=0.6, arx=0.2), [], (0, 1))
    assert not report.promoted
    assert report.verdict.startswith("No model goes into service.")
    assert "better than arx" in report.verdict


def test_the_champion_stays_where_the_difference_is_chance():
    report = decide(case(hybrid=0.3, physics=0.6, champion=0.3), [], (0, 1))
    assert not report.promoted
    assert report.verdict.startswith("The champion stays.")


def test_a_critical_tag_may_not_get_worse_even_if_the_rest_gets_better():
    measured, champion, own = MEASURED, predicted(0.5), predicted(0.05)
    own[:, 0] = measured[:, 0] + 0.6 * RNG.normal(size=400)
    worse = Case(
        measured, {"hybrid": own, "physics": predicted(0.9), "champion": champion}, "hybrid", ("a", "b"),
        np.ones(2), frozenset({"a"}), np.full(2, 1.5), 0.9,
    )  # fmt: skip
    report = decide(worse, [], (0, 1))
    assert [test["name"] for test in report.tests if not test["passed"]] == ["no critical asset worse"]


def test_a_band_that_covers_too_little_is_refused():
    report = decide(case(hybrid=0.2, physics=0.5, champion=0.4, half_width=0.05), [], (0, 1))
    assert not report.promoted
    assert "band keeps its promise" in report.verdict


def test_an_inadmissible_candidate_is_refused_with_the_reason():
    bad = {"name": "numbers in range", "passed": False, "text": "wall.conductance_w_per_k = -1"}
    assert "conductance_w_per_k = -1" in decide(case(hybrid=0.2, physics=0.5), [bad], (0, 1)).verdict
