"""Work under way goes on at its new speed from the exchange on, by hand."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.exchange import Exchange
from physics.flow.layout import Part
from tests.physics.flow.lines import broken_line, chain, machines

STATES = {"busy": 0, "down": 4, "starved": 3}


def test_half_the_work_at_half_the_speed_takes_twice_as_long():
    line = Exchange(compile_line(machines(1, settings={"cycle_s": 10.0})), worlds=2, seed=1)
    line.run(5.0)
    line.set_speed("m0", [0.5, 1.0])
    line.run(14.9)
    assert line.finished()[:, 0].tolist() == [0, 1]
    line.run(15.1)
    assert line.finished()[:, 0].tolist() == [1, 1]


def test_a_speed_set_before_the_first_run_holds_from_the_beginning():
    line = Exchange(compile_line(machines(1, settings={"cycle_s": 10.0})), worlds=1, seed=1)
    line.set_speed("m0", 2.0)
    line.run(101.0)
    assert line.finished()[0, 0] == 20


def test_a_speed_of_zero_stands_still():
    line = Exchange(compile_line(machines(1, settings={"cycle_s": 10.0})), worlds=1, seed=1)
    line.run(5.0)
    line.set_speed("m0", 0.0)
    line.run(1000.0)
    assert line.spent_s("m0")[0, STATES["down"]] == pytest.approx(995.0)
    line.set_speed("m0", 1.0)
    line.run(1005.5)
    assert line.finished()[0, 0] == 1


def test_a_belt_that_slows_down_delays_what_is_on_it():
    belt = Part("belt", "conveyor", {"length_m": 10.0, "speed_m_per_s": 1.0})
    source = Part("source", "source", {"schedule": [[0.0, "item", 1]]})
    line = Exchange(compile_line(chain(source, belt, Part("sink", "sink"))), worlds=1, seed=1)
    line.run(4.0)
    line.set_speed("belt", 0.25)
    line.run(27.9)
    assert (line.held("belt")[0], line.done("sink")[0]) == (1, 0)
    line.run(28.1)
    assert (line.held("belt")[0], line.done("sink")[0]) == (0, 1)


def test_the_same_speeds_again_change_nothing():
    line = compile_line(broken_line(3, 2))
    cut, whole = Exchange(line, worlds=3, seed=4), Exchange(line, worlds=3, seed=4)
    whole.run(20_000.0)
    for until_s in np.arange(100.0, 20_001.0, 100.0):
        cut.set_speed("m1", 1.0)
        cut.run(float(until_s))
    np.testing.assert_array_equal(cut.finished(), whole.finished())
    np.testing.assert_array_equal(cut.done("m0"), whole.done("m0"))
