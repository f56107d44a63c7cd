"""Which pivots, and what is computed how often."""

import re
from dataclasses import replace

from physics.compiler.program import pivot_order, write
from physics.compiler.tape import Dual
from tests.physics.compiler.test_system import system


def test_every_row_and_column_is_a_pivot_once():
    pivots = pivot_order(system())
    assert sorted(i for i, _ in pivots) == sorted(j for _, j in pivots) == [0, 1]


def test_all_functions_of_an_island_are_written():
    program = write(system())
    names = re.findall(r"^FN (\w+)\(", program.functions, re.MULTILINE)
    assert names == ["once", "on_change", "rates", "observe", "guards", "factor", "solve", "growth"]


def test_an_explicit_integrator_gets_no_elimination():
    assert "FN factor" not in write(system(), implicit=False).functions


def test_what_only_parameters_set_is_computed_once_and_held():
    made = system()
    doubled = made.tape.write("p0*2.0")
    made.tape.write(f"{doubled}*z0")
    row = Dual(made.tape.write(f"{doubled}*z0"), {0: doubled})
    program = write(replace(made, rows=(row, made.rows[1])))
    once, rest = program.functions.split("FN on_change")
    assert "p0*2.0" in once
    assert "p0*2.0" not in rest
    assert program.held == 2  # and -u, which the Jacobian reads


def test_code_is_rolled_where_it_is_long_and_repeats_itself():
    assert "for(" not in write(system()).functions
    assert "for(" not in write(system(), straight_statements=0).functions  # nothing in it repeats
