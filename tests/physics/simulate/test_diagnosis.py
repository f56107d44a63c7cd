"""A failed world tells which equation has no solution, which value grew, which mode cannot decide."""

import numpy as np

from physics.contract import Component, parameter, state, unknown
from physics.network.plant import Part, Plant
from physics.simulate.diagnosis import Reason, pooled, reasons
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


def test_equal_reasons_of_shares_and_stretches_count_together():
    grew, stuck = Status.DIVERGED, Status.NO_START
    parts = [
        Reason(5, grew, 60.0, ("a.x",)),
        Reason(6, stuck, 20.0, ("a.x",)),
        Reason(7, grew, 10.0, ("a.x",)).later(30.0),
    ]
    assert pooled(parts) == (Reason(12, grew, 40.0, ("a.x",)), Reason(6, stuck, 20.0, ("a.x",)))


class Coupled(Component):
    """Two equations whose order of elimination suits a gain of one: (g, r; r, g) (a, b) = (x, 0)."""

    name = "coupled"
    gain = parameter("1", "Gain g", default=1.0)
    x = state("1", "What drives them", default=1.0, nominal=1.0)
    a = unknown("1", "First", default=1.0)
    b = unknown("1", "Second", default=1.0)

    def law(self, m):
        equations = {"a.residual": m.gain * m.a + 0.05 * m.b - m.x, "b.residual": 0.05 * m.a + m.gain * m.b}
        return {"x.rate": -0.1 * m.x, **equations}


def test_a_pivot_that_vanishes_in_one_world_is_not_believed():
    model = compile_plant(Plant((Part("c", "coupled"),)), ["c.a"], types={"coupled": Coupled})
    given = {"inputs": np.zeros((4, 0)), "sample_s": 1.0}
    parameters = np.repeat(model.parameters[:, None], 3, axis=1)
    parameters[model.parameter_names.index("c.gain"), 1] = 1e-13
    run = rollout(model, **given, parameters=parameters)
    assert [Status(s) for s in run.status] == [Status.OK, Status.WEAK_PIVOT, Status.OK]
    expected = np.exp(-0.1 * np.arange(4)) / (1.0 - 0.05**2)
    np.testing.assert_allclose(run.outputs[:, 0, 0], expected, rtol=1e-4)
    alone = rollout(model, **given, parameters=parameters[:, :1])
    np.testing.assert_array_equal(run.outputs[..., 2], alone.outputs[..., 0])
    (reason,) = reasons(model, run, **given, parameters=parameters)
    assert "nearly dependent equations for c." in str(reason)
