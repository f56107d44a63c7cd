"""Dual numbers on the tape carry exact slopes."""

import numpy as np
import pytest

from physics.compiler.evaluation import evaluate
from physics.compiler.tape import ZERO, Dual, Tape
from physics.compiler.trace import Level

Z, P = [1.3, -0.7], [2.5]


def variables():
    return Dual("z0", {0: "1.0"}), Dual("z1", {1: "1.0"}), Dual("p0")


def expression(tape, a, b, p):
    inner = tape.total([tape.product(a, b), tape.negative(p), a])
    return tape.product(tape.inverse(inner), tape.product(p, b))


def test_slopes_equal_finite_differences():
    tape = Tape()
    result = expression(tape, *variables())
    value = lambda z: evaluate(tape, [result.name], z, P, [])[0]  # noqa: E731
    assert value(Z) == pytest.approx(2.5 * -0.7 / (1.3 * -0.7 - 2.5 + 1.3))
    for index, name in result.slope.items():
        moved = [np.array(Z), np.array(Z)]
        moved[0][index] += 1e-6
        moved[1][index] -= 1e-6
        slope = (value(moved[0]) - value(moved[1])) / 2e-6
        assert evaluate(tape, [name], Z, P, [])[0] == pytest.approx(slope, rel=1e-7)


def test_equal_statements_are_written_once():
    tape = Tape()
    a, b, _ = variables()
    assert tape.product(a, b).name == tape.product(a, b).name
    assert len(tape.lines) == 1


def test_zeros_and_ones_cost_nothing():
    tape = Tape()
    a, _, p = variables()
    assert tape.total([ZERO, a, ZERO]) == a
    assert tape.product(Dual("1.0"), p) == p
    assert tape.product(ZERO, a).name == "0.0"
    assert not tape.lines


def test_a_statement_runs_as_often_as_what_it_reads():
    tape = Tape()
    a, _, p = variables()
    assert tape.level(tape.product(p, p).name) is Level.PARAMETER
    assert tape.level(tape.product(p, Dual("u0")).name) is Level.INPUT
    assert tape.level(tape.product(p, a).name) is Level.DYNAMIC


def test_needed_leaves_out_what_no_root_rests_on():
    tape = Tape()
    a, b, p = variables()
    wanted = tape.product(a, p)
    tape.product(b, p)
    assert [line.name for line in tape.needed([wanted.name])] == [wanted.name]
