import numpy as np
import pytest

from twin.gate.decide import Case, best_candidate, decide

RNG = np.random.default_rng(7)
MEASURED = RNG.normal(size=(400, 2))


def predicted(error):
    """A prediction whose root mean square error per tag is exactly so large."""
    drawn = RNG.normal(size=MEASURED.shape)
    return MEASURED + error * drawn / np.sqrt((drawn**2).mean(axis=0))


def case(candidate="hybrid", half_width=0.5, critical=("a",), **errors):
    return Case(
        measured=MEASURED,
        predicted={name: predicted(error) for name, error in errors.items()},
        candidate=candidate,
        tags=("a", "b"),
        scale=np.ones(2),
        critical={tag: tag.upper() for tag in critical},
        half_width=np.full(2, half_width),
        level=0.9,
    )


def test_a_hybrid_that_beats_all_goes_into_service():
    report = decide(case(hybrid=0.2, physics=0.5, arx=0.6, persistence=1.4), [], (0, 1))
    assert report.promoted
    assert report.verdict == (
        "The hybrid model goes into service: 60 % smaller error than physics alone on data it never saw."
    )
    assert report.scores["physics"] == pytest.approx({"": 0.5, "a": 0.5, "b": 0.5})


def test_a_residual_that_does_not_beat_physics_makes_way_for_it():
    both = case(hybrid=0.6, physics=0.3, arx=0.9)
    assert best_candidate(both) == "physics"
    report = decide(Case(**{**vars(both), "candidate": "physics"}), [], (0, 1))
    assert report.promoted
    assert report.verdict.startswith("Physics alone")


def test_a_residual_that_is_better_by_chance_only_makes_way_for_physics():
    assert best_candidate(case(hybrid=0.4999, physics=0.5)) == "physics"
    assert best_candidate(case(hybrid=0.4, physics=0.5)) == "hybrid"


def test_a_residual_may_take_no_more_chance_than_it_is_given():
    """A fifth less error in 60 samples: beyond chance at one in twenty, not at one in a thousand million."""
    few = case(hybrid=0.4, physics=0.5)
    few = Case(**{**vars(few), "measured": MEASURED[:60], "predicted": {k: v[:60] for k, v in few.predicted.items()}})
    assert best_candidate(few) == "hybrid"
    assert best_candidate(few, alpha=1e-9) == "physics"


def test_a_sum_that_few_tags_make_is_told_beside_the_usual_tag():
    """One squared error falls by 96 %, the other one rises by 44 %: the usual change is their geometric mean."""
    champion = predicted(0.5)
    own = MEASURED + (champion - MEASURED) * np.array([0.2, 1.2])
    one = case(hybrid=0.1, physics=0.9)
    one = Case(**{**vars(one), "predicted": {**one.predicted, "hybrid": own, "champion": champion}})
    (test,) = [test for test in decide(one, [], (0, 1)).tests if test["name"] == "better than champion"]
    assert test["ratio"] == pytest.approx(np.log(0.04 * 1.44) / 2)
    assert "26.0 % smaller in sum and 76.0 % smaller on the usual tag" in test["text"]


def test_a_residual_that_has_earned_its_place_goes_only_for_better_physics():
    assert best_candidate(case(hybrid=0.5, physics=0.4999), earned=True) == "hybrid"
    assert best_candidate(case(hybrid=0.5, physics=0.4), earned=True) == "physics"


def test_a_candidate_behind_arx_is_refused_in_words():
    report = decide(case(hybrid=0.5, physics=0.6, arx=0.2), [], (0, 1))
    assert not report.promoted
    assert report.verdict.startswith("No model goes into service.")
    assert "better than ARX" in report.verdict


def test_the_champion_stays_where_the_difference_is_chance():
    report = decide(case(hybrid=0.3, physics=0.6, champion=0.3), [], (0, 1))
    assert not report.promoted
    assert report.verdict.startswith("The champion stays.")


def test_a_critical_tag_may_not_get_worse_even_if_the_rest_gets_better():
    measured, champion, own = MEASURED, predicted(0.5), predicted(0.05)
    own[:, 0] = measured[:, 0] + 1.2 * (champion - measured)[:, 0]
    worse = Case(
        measured, {"hybrid": own, "physics": predicted(0.9), "champion": champion}, "hybrid", ("a", "b"),
        np.ones(2), {"a": "A"}, np.full(2, 1.5), 0.9,
    )  # fmt: skip
    report = decide(worse, [], (0, 1))
    (failed,) = [test for test in report.tests if not test["passed"]]
    assert (failed["name"], failed["text"]) == ("no critical asset worse", "A (20 % worse: a +20 %)")


def test_what_no_reading_shows_makes_no_asset_worse():
    """The same 20 % of an error of 0.5: a tenth, felt by a sensor with a noise of 0.05 and not with 0.2."""
    champion, own = predicted(0.5), predicted(0.05)
    own[:, 0] = MEASURED[:, 0] + 1.2 * (champion - MEASURED)[:, 0]
    for noise_sd, passed in ((0.05, False), (0.2, True)):
        one = Case(
            MEASURED, {"hybrid": own, "physics": predicted(0.9), "champion": champion}, "hybrid", ("a", "b"),
            np.ones(2), {"a": "A"}, np.full(2, 1.5), 0.9, np.full(2, noise_sd),
        )  # fmt: skip
        tests = {test["name"]: test["passed"] for test in decide(one, [], (0, 1)).tests}
        assert tests["no critical asset worse"] is passed


def test_a_candidate_that_is_worse_is_told_so():
    report = decide(case(hybrid=0.6, physics=0.5, champion=0.4), [], (0, 1))
    # 0.6² over 0.4² is 2.25.
    assert "squared error 125.0 % larger" in report.verdict


def test_coverage_is_the_share_of_measurements_in_the_band():
    errors = np.repeat([0.2, 0.8], [300, 100])[:, None] * np.ones(2)
    covered = Case(**{**vars(case()), "predicted": {"hybrid": MEASURED + errors, "physics": predicted(1.0)}})
    (band,) = [test for test in decide(covered, [], (0, 1)).tests if test["name"] == "band keeps its promise"]
    assert band["coverage"] == 0.75
    assert band["text"].startswith("75 % [")


def test_a_band_that_covers_less_than_promised_and_than_the_champions_is_refused():
    often = np.where(np.arange(len(MEASURED)) % 4 > 0, 0.01, 2.0)[:, None] * np.ones(2)
    served = case(hybrid=0.2, physics=0.5, half_width=0.05)
    served = Case(**{**vars(served), "predicted": {**served.predicted, "champion": MEASURED + often}})
    report = decide(served, [], (0, 1))
    assert not report.promoted
    assert "band keeps its promise" in report.verdict


def test_a_band_that_the_champion_keeps_less_still_does_not_bar_a_better_model():
    report = decide(case(hybrid=0.2, physics=0.5, champion=0.4, half_width=0.05), [], (0, 1))
    (band,) = [test for test in report.tests if test["name"] == "band keeps its promise"]
    assert band["coverage"] > band["champion"]
    assert report.promoted


def test_an_asset_is_judged_by_all_of_its_tags_together():
    """One tag 20 % worse beside one 40 % better: the asset's mean is 0.85 of the champion's."""
    champion, own = predicted(0.5), predicted(0.5)
    own[:, 0] = MEASURED[:, 0] + 1.2 * (champion - MEASURED)[:, 0]
    own[:, 1] = MEASURED[:, 1] + 0.6 * (champion - MEASURED)[:, 1]
    one = Case(
        MEASURED, {"hybrid": own, "physics": predicted(0.9), "champion": champion}, "hybrid", ("a", "b"),
        np.ones(2), {"a": "pump", "b": "pump"}, np.full(2, 1.5), 0.9,
    )  # fmt: skip
    tests = {test["name"]: test["passed"] for test in decide(one, [], (0, 1)).tests}
    assert tests["no critical asset worse"]


def test_an_inadmissible_candidate_is_refused_with_the_reason():
    bad = {"name": "numbers in range", "passed": False, "text": "wall.conductance_w_per_k = -1"}
    assert "conductance_w_per_k = -1" in decide(case(hybrid=0.2, physics=0.5), [bad], (0, 1)).verdict
