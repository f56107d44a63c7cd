"""A failed world tells which equation has no solution, which value grew, which mode cannot decide."""

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate.diagnosis import reasons
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Status, rollout
from tests.physics.compiler.test_events import TYPES as EVENT_TYPES
from tests.physics.parts import TYPES

KINDS = {**TYPES, **EVENT_TYPES}


def told(parts, outputs, inputs, parameters=None):
    model = compile_plant(Plant(tuple(parts)), outputs, types=KINDS)
    run = rollout(model, inputs=inputs, sample_s=1.0, parameters=parameters)
    return reasons(model, run, inputs=inputs, sample_s=1.0, parameters=parameters)


def test_all_is_well_and_nothing_is_said():
    assert told([Part("q", "equation")], ["q.root_ratio"], np.array([[4.0], [9.0]])) == ()


def test_an_equation_without_a_solution_is_named_with_its_part_and_time():
    inputs = np.array([[[4.0] * 3], [[9.0, -1.0, -4.0]], [[4.0] * 3]])
    (found,) = told([Part("q", "equation")], ["q.root_ratio"], inputs)
    assert (found.worlds, found.status, found.time_s, found.names) == (2, Status.NO_START, 1.0, ("q.root_ratio",))
    assert str(found) == (
        "2 worlds, the first after 1 s: no solution of the algebraic equations for q.root_ratio. "
        "These equations have no solution at those inputs; check shut valves, dry tanks and start values."
    )


def test_only_the_part_that_fails_is_named():
    parts = [Part("calm", "equation"), Part("wild", "equation")]
    inputs = np.array([[4.0, 4.0], [4.0, -2.0]])
    (found,) = told(parts, ["calm.root_ratio", "wild.root_ratio"], inputs)
    assert found.names == ("wild.root_ratio",)


def test_a_mode_that_cannot_decide_is_named():
    (found,) = told([Part("a", "flicker")], ["a.lit"], np.array([[0.0], [1.0]]))
    assert (found.status, found.names) == (Status.CHATTERING, ("a.lit",))


def test_a_value_without_bound_is_named():
    parts = [Part("e", "explosion", {"rate_per_s": 0.1}), Part("d", "decay")]
    (found,) = told(parts, ["e.size_ratio"], np.zeros((30, 0)))
    assert found.names == ("e.size_ratio",)
