"""The benchmark's problem is the same for all: equations handed to the peers give our own answer."""

from dataclasses import replace

import pytest

from physics.simulate.rollout import Options, rollout
from tests.benchmarks.simulate.island import PLAIN, SEGMENT_S, error, exact, function, island


@pytest.fixture(scope="module")
def problem():
    return island(3)


def test_all_states_have_a_rate(problem):
    assert problem.model.differential.all()
    assert len(problem.start) == 19


def test_our_first_segment_agrees_with_radau_on_the_handed_out_equations(problem):
    problem = replace(problem, inputs=problem.inputs[:1])
    found = rollout(problem.model, inputs=problem.inputs, sample_s=SEGMENT_S, parameters=problem.parameters,
                    options=Options(rtol=1e-7))  # fmt: skip
    assert error(problem, found.final, exact(problem, 1)) < 1e-6


def test_handed_out_jacobian_is_the_slope_of_the_rates(problem):
    rates, slopes = function(problem, PLAIN), function(problem, PLAIN, jacobian=True)
    z, p, u = problem.start, problem.parameters[:, 0].tolist(), problem.inputs[0, :, 0].tolist()
    places = list(problem.model.islands[0].system.jacobian)
    for (row, column), slope in zip(places, slopes(z.tolist(), p, u), strict=True):
        move = 1e-6 * problem.sizes[column]
        moved = [z.copy(), z.copy()]
        moved[0][column] += move
        moved[1][column] -= move
        above, below = (rates(one.tolist(), p, u)[row] for one in moved)
        rounding = 1e-6 * abs(above) / move + 1e-9
        assert abs((above - below) / (2 * move) - slope) < 1e-3 * abs(slope) + rounding
