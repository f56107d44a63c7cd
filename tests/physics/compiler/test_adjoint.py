"""Programs read backwards, against central differences of the same programs."""

import numpy as np
import pytest

from physics.compiler.adjoint import Unsuited, pullback
from physics.compiler.evaluation import evaluate
from physics.compiler.perceptron import Perceptron
from physics.compiler.tape import Dual, Tape

TEXTS = (
    "z0*z1*p0", "(z0+z1)/p0", "sqrt_(z0*z0+1.0)", "exp_(z0)*log_(z1)", "tanh_(z0*p1)", "sin_(z0)+cos_(z1)",
    "atan_(z0/z1)", "abs_(z0-z1)", "select_(gt_(z0,z1),z0*z0,z1*p0)", "(z0*(-2.0)+p0-z1)", "off_whole_(z0)*0.5+z1",
)  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_cotangents_are_central_differences(text):
    tape = Tape()
    first = tape.write(text)
    value = tape.write(f"{first}*{first}+z0")
    wanted = ["z0", "z1", "p0", "p1"]
    owed, _ = pullback(tape, [(value, "z2")], wanted)
    z, p = np.array([0.7, 1.3, 1.5]), np.array([0.9, 0.4])
    found = evaluate(tape, list(owed.values()), z, p, [])[:, 0]

    def at(move_z, move_p):
        return evaluate(tape, [value], z + move_z, p + move_p, [])[0, 0]

    moves = [(np.eye(3)[k], np.zeros(2)) for k in (0, 1)] + [(np.zeros(3), np.eye(2)[k]) for k in (0, 1)]
    expected = [(at(1e-6 * a, 1e-6 * b) - at(-1e-6 * a, -1e-6 * b)) / 2e-6 * z[2] for a, b in moves]
    if "off_whole_" in text:  # what a rounded number stands for counts as constant
        base = evaluate(tape, [first], z, p, [])[0, 0]
        expected = [1.5, 2 * base * 1.5, 0.0, 0.0]
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-9)


def test_a_branch_that_is_not_taken_leaves_no_trace():
    tape = Tape()
    value = tape.write("select_(gt_(z0,0.0),sqrt_(z0),z0*3.0)")
    owed, _ = pullback(tape, [(value, "z1")], ["z0"])
    assert evaluate(tape, [owed["z0"]], [0.0, 2.0], [], [])[0, 0] == 6.0


def test_several_results_add_up_and_literals_owe_nothing():
    tape = Tape()
    owed, _ = pullback(tape, [("z0", "z1"), ("z0", "z2"), ("0.0", "z1")], ["z0", "p0"])
    assert evaluate(tape, [owed["z0"]], [1.0, 2.0, 3.0], [], [])[0, 0] == 5.0
    assert owed["p0"] == "0.0"


def test_networks_leave_a_trail_each_after_the_other():
    tape, shape = Tape(), Perceptron((1, 3, 2))
    one = shape.call(tape, "p0", [Dual("z0", {0: "1.0"})])
    two = shape.call(tape, "p1", [one[0]])
    _, pulls = pullback(tape, [(two[1].name, "z1")], ["z0"])
    assert [(pull.place, pull.offset) for pull in pulls] == [("p1", 0), ("p0", 1 + 3 + 3 + 2)]


def test_a_slope_as_a_result_is_refused():
    tape, shape = Tape(), Perceptron((1, 3, 1))
    (value,) = shape.call(tape, "p0", [Dual("z0", {0: "1.0"})])
    with pytest.raises(Unsuited, match="slopes of a network"):
        pullback(tape, [(value.slope[0], "z1")], ["z0"])
