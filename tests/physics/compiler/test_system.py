"""The program of an island, run in NumPy."""

import numpy as np

from physics.compiler.evaluation import evaluate
from physics.compiler.system import System, Unknown, run_text
from physics.compiler.tape import Dual, Tape


def system():
    """dz0/dt = -p z0 + u, 0 = z0 - z1 u."""
    tape = Tape()
    z0, z1, p, u = Dual("z0", {0: "1.0"}), Dual("z1", {1: "1.0"}), Dual("p0"), Dual("u0")
    rate = tape.total([tape.negative(tape.product(p, z0)), u])
    residual = tape.total([z0, tape.negative(tape.product(z1, u))])
    unknowns = (Unknown("a", True, 1.0, 1.0), Unknown("b", False, 1.0, 0.5))
    return System(tape, unknowns, (rate, residual), ("z1",), ("p",), (3.0,), ("u",), (2.0,), ("b",))


def test_rows_and_jacobian_equal_hand_calculation():
    made = system()
    assert made.algebraic == (1,)
    assert set(made.jacobian) == {(0, 0), (1, 0), (1, 1)}
    z, p, u = np.array([[1.0, 2.0], [0.5, 4.0]]), [3.0], [2.0]
    rate, residual = evaluate(made.tape, [row.name for row in made.rows], z, p, u)
    np.testing.assert_allclose(rate, [-1.0, -4.0])
    np.testing.assert_allclose(residual, [0.0, -6.0])
    slopes = dict(zip(made.jacobian, evaluate(made.tape, list(made.jacobian.values()), z, p, u), strict=True))
    assert [slopes[entry].tolist() for entry in ((0, 0), (1, 0), (1, 1))] == [[-3.0] * 2, [1.0] * 2, [-2.0] * 2]


def test_text_loads_only_what_it_reads():
    made = system()
    text = run_text(made.tape.needed(["z1"]), ["z1"])
    assert text == "    z1 = z[1]\n    return [z1]"
