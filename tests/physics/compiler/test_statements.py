"""Statements in another form and order do the same."""

import numpy as np

from physics.compiler.statements import by_longest_way, fused
from physics.compiler.tape import Tape


def lines(*texts):
    tape = Tape()
    names = [tape.write(text) for text in texts]
    return [tape.lines[name] for name in names]


def run(found, **known):
    space = {"sqrt_": np.sqrt, **known}
    for line in found:
        space[line.name] = eval(line.text, space)
    return space


def test_a_product_that_one_sum_reads_stands_in_it():
    found = fused(lines("z0*z1", "t0+z2"), ["t1"])
    assert [line.text for line in found] == ["(z0*z1)+z2"]
    assert found[0].operands == ("z0", "z1", "z2")


def test_a_product_that_is_read_twice_or_from_outside_stays():
    twice = lines("z0*z1", "t0+z2", "t0+z3")
    assert fused(twice, ["t1", "t2"]) == twice
    seen = lines("z0*z1", "t0+z2")
    assert fused(seen, ["t0", "t1"]) == seen


def test_sums_and_roots_stay_statements():
    others = lines("z0+z1", "sqrt_(z2)", "t0*t1", "t2+1.0")
    assert [line.text for line in fused(others, ["t3"])] == ["z0+z1", "sqrt_(z2)", "(t0*t1)+1.0"]


def test_what_a_call_is_handed_stays_a_statement():
    tape = Tape()
    call = tape.call("net", [tape.write("z0*2.0")], 1)
    made = [*tape.lines.values()]
    assert fused(made, [call]) == made


def test_products_with_minus_one_are_signs():
    found = fused(lines("-1.0*z0", "(z1+((-1.0)*t0))", "((-1.0)*t1*z2)", "((-1.0)/z3)", "t2+t3"), ["t4"])
    assert [line.text for line in found] == ["(z1+(-(-z0)))", "((-1.0)/z3)", "((-t1*z2))+t3"]
    known = {"z0": 2.0, "z1": 3.0, "z2": 5.0, "z3": 4.0}
    assert run(found, **known)["t4"] == -(3.0 + 2.0) * 5.0 - 0.25


def test_other_minuses_stay():
    texts = ("z0-1.0*z1", "t0*-1.0*z2", "(-1.0*t1)+(-1.0)*z3")
    assert [line.text for line in fused(lines(*texts), ["t0", "t1", "t2"])] == [*texts[:2], "(-t1)+-z3"]


def test_the_longest_chain_comes_first_and_each_line_follows_what_it_needs():
    made = lines("z0+1.0", "z1/z2", "sqrt_(t1)", "t0+t2", "t3*z0")
    found = by_longest_way(made)
    assert [line.name for line in found] == ["t1", "t2", "t0", "t3", "t4"]
    known = {"z0": 2.0, "z1": 9.0, "z2": 4.0}
    assert run(found, **known)["t4"] == run(made, **known)["t4"] == (3.0 + 1.5) * 2.0
