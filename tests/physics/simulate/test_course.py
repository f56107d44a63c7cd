import numpy as np
import pytest

from physics.contract import Component, parameter, state
from physics.network.plant import Part, Plant
from physics.simulate.course import Limit, Logbook, Maintenance, check, outputs_of, slow_names
from physics.simulate.model import compile_plant
from physics.simulate.rising import Rising
from physics.simulate.rollout import RolloutRefused
from tests.physics.simulate.wearing import WEAR, compiled


class SelfCleaning(Component):
    name = "self_cleaning"
    clogging_per_s = parameter("1/s", "Clogging", default=1e-5)
    clog_ratio = state("1", "Clogging w", slow=True)

    def law(self, m):
        return {
            "clog_ratio.rate": m.clogging_per_s,
            "clog_ratio.reset_when": m.clog_ratio - 1,
            "clog_ratio.reset_to": 0.0,
        }


@pytest.fixture(scope="module")
def grinder():
    return compiled("grinder", outputs=["part.heat_ratio"])


def straight(span, first, last):
    """One quantity that rises evenly in each world."""
    slope = (np.array(last) - first) / span
    return Rising(np.array(span), np.array([first]), np.array([last]), slope[None], slope[None])


def test_limits_say_what_is_watched(grinder):
    limits = [Limit(WEAR, np.ones(1)), Limit("part.heat_ratio", np.ones(1)), Limit("part.heat_ratio", np.zeros(1))]
    assert slow_names(grinder) == (WEAR,)
    assert outputs_of(grinder, limits) == [0]


def test_times_and_limits_within_a_step_are_written_down_once(grinder):
    limits = [Limit(WEAR, np.array([0.5, 9.0])), Limit("part.heat_ratio", np.array([2.0, 2.0]))]
    book = Logbook(grinder, [0.0, 4.0, 10.0], limits, 2)
    both, none = np.arange(2), np.zeros(2)
    book.open(both, np.zeros((1, 2)), np.ones((1, 2)))
    peaks = (np.array([[1.0, 1.0]]), np.array([[3.0, 1.0]]))
    book.passes(both, none, np.ones(2), straight([8.0, 8.0], [0.0, 0.0], [0.8, 0.4]), peaks)
    np.testing.assert_allclose(book.wear[:, 0], [[0.0, 0.0], [0.4, 0.2], [np.nan, np.nan]])
    np.testing.assert_allclose(book.peaks[1, 0], [2.0, 1.0])
    np.testing.assert_allclose(book.reached_s, [[5.0, np.inf], [4.0, np.inf]])
    # A step that was cut short at half: what lies behind the cut has not happened.
    book.passes(both, np.full(2, 8.0), np.full(2, 0.5), straight([4.0, 4.0], [0.8, 0.4], [1.0, 12.4]), peaks)
    np.testing.assert_allclose(book.wear[2, 0], [0.9, 6.4])
    assert np.isinf(book.reached_s[0, 1])
    book.lose(np.array([1]))
    assert np.isnan(book.reached_s[0, 1])
    assert book.reached_s[0, 0] == pytest.approx(5.0)


def test_a_reset_that_is_due_again_at_once_is_refused(grinder):
    with pytest.raises(RolloutRefused, match=r"maintenance\[0\]"):
        check(grinder, [1.0], [], [Maintenance({WEAR: 0.6}, when=(WEAR, np.array([0.5])))], 1)
    check(grinder, [1.0], [], [Maintenance({WEAR: 0.2}, when=(WEAR, np.array([0.5])))], 1)


def test_wear_that_its_own_law_resets_is_refused():
    plant = Plant((Part("part", "self_cleaning"),))
    model = compile_plant(plant, [], types={"self_cleaning": SelfCleaning})
    with pytest.raises(RolloutRefused, match="part.clog_ratio"):
        check(model, [1.0], [], [], 1)
