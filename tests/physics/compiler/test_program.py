"""Sampling for the pivots, and what is computed how often."""

import re
from dataclasses import replace

import numpy as np

from physics.compiler.program import pivot_order, sample_points, sampled_jacobian, write
from physics.compiler.tape import Dual
from tests.physics.compiler.test_system import system


def test_samples_surround_the_start_and_are_the_same_every_time():
    points = sample_points(system(), 50)
    assert points.shape == (2, 50)
    assert points[0].min() > 1.0
    assert points[0].max() < 2.4
    assert np.array_equal(points, sample_points(system(), 50))


def test_sampled_jacobian_equals_hand_calculation():
    matrices = sampled_jacobian(system(), sample_points(system(), 3))
    np.testing.assert_allclose(matrices, np.repeat([[[-3.0, 0.0], [1.0, -2.0]]], 3, axis=0))


def test_every_row_and_column_is_a_pivot_once():
    pivots = pivot_order(system())
    assert sorted(i for i, _ in pivots) == sorted(j for _, j in pivots) == [0, 1]


def test_all_functions_of_an_island_are_written():
    program = write(system())
    names = re.findall(r"^FN (\w+)\(", program.functions, re.MULTILINE)
    assert names == ["once", "on_change", "rates", "factor", "solve", "observe"]


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
