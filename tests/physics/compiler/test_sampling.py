"""Jacobians at plausible points, of one island or of many alike."""

from dataclasses import replace

import numpy as np

from physics.compiler.sampling import own_slopes, sample_points, sampled_jacobian, sampled_jacobians
from tests.physics.compiler.matrices import dense, samples
from tests.physics.compiler.test_system import system


def test_samples_surround_the_start_and_are_the_same_every_time():
    points = sample_points(system(), 50)
    assert points.shape == (2, 50)
    assert points[0].min() > 1.0
    assert points[0].max() < 2.4
    assert np.array_equal(points, sample_points(system(), 50))


def test_a_mode_is_sampled_on_and_off():
    made = system()
    switched = replace(made, unknowns=(made.unknowns[0], replace(made.unknowns[1], mode=True)))
    assert set(sample_points(switched, 50)[1]) == {0.0, 1.0}


def test_sampled_jacobian_equals_hand_calculation():
    found = sampled_jacobian(system(), sample_points(system(), 3))
    np.testing.assert_allclose(dense(found), np.repeat([[[-3.0, 0.0], [1.0, -2.0]]], 3, axis=0))


def test_many_islands_are_sampled_with_their_own_numbers(monkeypatch):
    monkeypatch.setattr("physics.compiler.sampling.BATCH_NUMBERS", 100)  # two islands at a time
    made = system()
    systems = [replace(made, parameter_defaults=(p,), input_defaults=(p + 1.0,)) for p in (3.0, 5.0, 7.0)]
    for one, found in zip(systems, sampled_jacobians(systems), strict=True):
        assert np.array_equal(found.values, sampled_jacobian(one, sample_points(one)).values)


def test_points_without_a_finite_value_are_left_out():
    made = system()
    (found,) = sampled_jacobians([replace(made, parameter_defaults=(np.inf,))])
    assert found.count == 0
    assert np.array_equal(own_slopes(found), [0.0, 0.0])


def test_own_slopes_are_the_largest_of_the_diagonal_with_their_sign():
    matrices = np.array([[[-1.0, 9.0], [9.0, 2.0]], [[0.5, 9.0], [9.0, -4.0]]])
    assert np.array_equal(own_slopes(samples(matrices)), [-1.0, -4.0])
    assert np.array_equal(own_slopes(samples(matrices, [[True, True], [True, False]])), [-1.0, 0.0])


def test_rows_are_measured_by_their_largest_entry():
    found = samples([[[-3.0, 2.0], [0.0, 0.0]]])
    assert np.array_equal(found.largest_in_rows(), [[3.0], [1.0]])
