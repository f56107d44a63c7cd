"""A drive that wears slows its conveyor, fails, is repaired and is new again; throughput and balances follow."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.exchange import Exchange
from physics.flow.layout import Part
from tests.physics.flow.lines import chain

BELT = {"length_m": 10.0, "speed_m_per_s": 0.5, "pitch_m": 0.5}
INTERVAL_S, DAY_S = 60.0, 86_400.0


def coupled(worlds=3, beside=()):
    failure = Part("worn", "physical_failure", {"machine": "belt", "repair_s": 1800.0})
    parts = (Part("source", "source"), Part("belt", "conveyor", BELT), Part("sink", "sink"))
    return Exchange(compile_line(chain(*parts, beside=(failure, *beside))), worlds=worlds, seed=1)


def test_wear_slows_the_belt_until_it_fails_and_is_repaired():
    """Wear grows with running time and takes speed off; at 0.5 the drive fails. Three worlds wear at three rates."""
    line = coupled()
    wear, repaired = np.zeros(3), np.zeros(3, dtype=int)
    rate_per_s = np.array([0.0, 0.5, 1.0]) / 40_000.0
    made, expected = np.zeros((24, 3)), np.zeros((24, 3))
    for step in range(int(DAY_S / INTERVAL_S)):
        speed = 1.0 - 0.5 * wear
        line.set_speed("belt", speed)
        line.fail("worn", wear >= 0.5)
        line.run((step + 1) * INTERVAL_S)
        moving_s = line.spent_s("belt")[:, [0, 2]].sum(axis=1)
        wear = wear + rate_per_s * moving_s
        new = line.repairs("worn") > repaired
        repaired = line.repairs("worn")
        wear = np.where(new, 0.0, wear)
        hour = step // 60
        made[hour] = line.done("sink") - made[:hour].sum(axis=0)
        expected[hour] += speed * moving_s
    # an endless source fills the belt: one item a second at full speed, fewer as it slows
    np.testing.assert_allclose(made.sum(axis=0), expected.sum(axis=0), rtol=0.005)
    assert made[5, 0] == pytest.approx(3600, abs=2)
    assert made[4, 2] < 0.85 * made[4, 0]
    assert repaired.tolist() == [0, 2, 4] or repaired.tolist()[0] == 0 < repaired[1] < repaired[2]
    assert (line.balance() == 0).all()
    assert (line.status() == 0).all()


def test_a_failure_waits_for_its_crew():
    crew = Part("crew", "repair_crew")
    line = coupled(worlds=2, beside=(crew,))
    line.run(100.0)
    line.fail("worn", [True, False])
    line.run(200.0)
    assert line.under_repair("worn").tolist() == [True, False]
    assert line.spent_s("belt")[0, 4] == pytest.approx(100.0)
    line.run(2000.0)
    assert line.repairs("worn").tolist() == [1, 0]
    assert line.under_repair("worn").tolist() == [False, False]


def test_what_makes_no_sense_is_refused():
    line = coupled()
    with pytest.raises(ValueError, match="need 0 or more"):
        line.set_speed("belt", -1.0)
    with pytest.raises(KeyError):
        line.set_speed("nothing", 1.0)
    line.run(10.0)
    with pytest.raises(ValueError, match="later time"):
        line.run(10.0)


def test_a_copy_goes_on_as_the_worlds_themselves_and_leaves_them_alone():
    cycle = {"cycle_s": {"exponential": {"mean_s": 10.0}}}
    line = compile_line(chain(Part("source", "source"), Part("m", "machine", cycle), Part("sink", "sink")))
    one = Exchange(line, worlds=5, seed=3)
    one.run(500.0)
    one.forget()
    other, slow = one.copied(), one.copied()
    slow.set_speed("m", 0.1)
    for exchange in (slow, other, one):
        exchange.run(4000.0)
    np.testing.assert_array_equal(other.counted().finished, one.counted().finished)
    np.testing.assert_array_equal(other.spent_s("m"), one.spent_s("m"))
    assert (slow.counted().finished < 0.2 * one.counted().finished).all()
