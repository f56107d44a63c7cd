import numpy as np
import pytest
from scipy.stats import binom

from twin.gate import budget
from twin.gate.compare import CHANCE
from twin.gate.decide import Case, decide
from twin.records.model import GateReport

SAMPLES, NIGHTS, PLANTS = 240, 20, 50
TAGS = ("a", "b", "c")


def candidate_of(seed, share=1.0):
    """What the gate sees: champion and candidate with errors of their own, `share` of the champion's size."""
    rng = np.random.default_rng(seed)
    measured = rng.normal(size=(SAMPLES, 3)) * 10.0
    errors = {name: wandering(rng) for name in ("champion", "hybrid")}
    return Case(
        measured=measured,
        predicted={
            "champion": measured + errors["champion"],
            "hybrid": measured + share * errors["hybrid"],
            "physics": measured + 3.0 * wandering(rng),
            "persistence": np.zeros_like(measured),
        },
        candidate="hybrid",
        tags=TAGS,
        scale=np.full(3, 10.0),
        critical={},
        half_width=np.full(3, 1.7),
        level=0.9,
    )


def wandering(rng, memory=0.8):
    """Errors of unit spread that are correlated over some five samples."""
    steps = rng.normal(size=(SAMPLES, 3))
    found = np.empty_like(steps)
    found[0] = steps[0]
    for at in range(1, SAMPLES):
        found[at] = memory * found[at - 1] + np.sqrt(1 - memory**2) * steps[at]
    return found


def night(number):
    """Judged windows of one night each, side by side."""
    return number * 10, number * 10 + 9


def nights(plant, share=1.0):
    """A plant's reports over some nights, each judged at what the nights before leave to spend."""
    reports = []
    for number in range(NIGHTS):
        window = night(number)
        spending = budget.tonight(reports, window[0])
        reports.append(decide(candidate_of(1000 * plant + number, share), [], window, spending))
    return reports


@pytest.fixture(scope="module")
def equal():
    """1,000 candidates that are as good as the champion in expectation, 20 nights on each of 50 plants."""
    return [nights(plant) for plant in range(PLANTS)]


def chance_of(report):
    (test,) = [test for test in report.tests if test["name"] == budget.AGAINST_CHAMPION]
    return test["chance"], test["alpha"]


def most(rate, count):
    """No more happen in 999 of 1,000 series of so many draws, by the binomial law."""
    return int(binom.ppf(0.999, count, rate))


def test_of_a_thousand_equal_candidates_no_more_pass_than_each_night_allows(equal):
    promoted = sum(report.promoted for plant in equal for report in plant)
    allowed = sum(chance_of(report)[1] for plant in equal for report in plant)
    assert promoted <= most(allowed / (PLANTS * NIGHTS), PLANTS * NIGHTS)


def test_a_plant_of_equal_candidates_sees_a_false_promotion_no_oftener_than_stated(equal):
    plants = sum(any(report.promoted for report in plant) for plant in equal)
    assert plants <= most(budget.ALPHA, PLANTS)


def test_a_single_judgement_errs_as_often_as_its_level_says(equal):
    chances = np.array([chance_of(report)[0] for plant in equal for report in plant])
    for level in (CHANCE, 0.01):
        assert (chances < level).sum() <= most(level, len(chances))
    # and is not idle: the test would be worthless if it never said so
    assert (chances < 0.2).sum() >= 0.1 * len(chances)


def test_a_better_candidate_is_found_in_most_first_nights():
    found = sum(
        decide(candidate_of(77_000 + k, share=0.7), [], night(0), budget.tonight([], 0)).promoted for k in range(60)
    )
    # errors of 0.7 of the champion's: half its loss; 16 blocks of 15 samples, three tags
    assert found >= 48


def test_what_is_spent_without_a_promotion_stays_below_half_of_the_level():
    total = sum(budget.allowed(number, ()) for number in range(100_000))
    assert total < budget.FIRST_SHARE * budget.ALPHA
    assert total == pytest.approx(budget.FIRST_SHARE * budget.ALPHA, rel=0.01)


def test_a_promotion_earns():
    assert budget.allowed(10, (10,)) > 10 * budget.allowed(10, ())


def report(promoted, window, alpha=0.01):
    tests = ({"name": budget.AGAINST_CHAMPION, "passed": promoted, "alpha": alpha},)
    return GateReport(promoted, "", {}, tests, window)


def test_a_promotion_on_the_same_nights_does_not_earn_yet():
    before = [report(True, (0, 100))]
    assert budget.tonight(before, 50).alpha == pytest.approx(budget.allowed(1, ()))
    assert budget.tonight(before, 101).alpha == pytest.approx(budget.allowed(1, (1,)))


def test_first_models_cost_nothing_and_the_sum_is_told():
    first = GateReport(True, "", {}, ({"name": "better than physics", "passed": True},), (0, 1))
    found = budget.tonight([first, report(False, (2, 3))], 4)
    assert found.judged == 2
    assert found.spent == pytest.approx(0.01 + found.alpha)
