"""The program of an island, run in NumPy over samples."""

import numpy as np

from physics.compiler import evaluation
from physics.compiler.evaluation import evaluate
from physics.compiler.tape import Tape


def test_like_statements_are_one_operation_with_the_right_numbers():
    tape = Tape()
    names = [tape.write(f"z{k}*p{k}+sqrt_(z{k})*u0") for k in range(50)]
    z = np.arange(100.0).reshape(50, 2) + 1
    p, u = np.linspace(-1, 1, 50), [3.0]
    np.testing.assert_allclose(evaluate(tape, names, z, p, u), z * p[:, None] + 3 * np.sqrt(z), rtol=1e-15)
    assert len(evaluation._plan(tape, tuple(names)).groups) == 1


def test_masks_choose():
    tape = Tape()
    mask = tape.write("gt_(z0,0.5)", mask=True)
    both = tape.write(f"and_({mask},lt_(z0,2.0))", mask=True)
    name = tape.write(f"select_({both},z0,(-1.0))")
    assert evaluate(tape, [name], [[0.0, 1.0, 3.0]], [], []).tolist() == [[-1.0, 1.0, -1.0]]


def test_roots_may_be_names_that_are_given_and_literals():
    found = evaluate(Tape(), ["(-2.5)", "z1", "p0", "u0"], [[0.0, 0.0], [1.0, 2.0]], [7.0], [9.0])
    assert found.tolist() == [[-2.5, -2.5], [1.0, 2.0], [7.0, 7.0], [9.0, 9.0]]


def test_a_tape_that_has_grown_gives_what_it_gave():
    tape = Tape()
    first = tape.write("z0*z0")
    assert evaluate(tape, [first], [3.0], [], []).tolist() == [[9.0]]
    second = tape.write(f"{first}+p0")
    assert evaluate(tape, [first, second], [3.0], [1.0], []).tolist() == [[9.0], [10.0]]
