import numpy as np

from residual_models.baselines import persistence


def test_each_tag_is_held_at_its_last_known_value():
    measured = np.array([[1.0, 5.0], [2.0, np.nan]])
    np.testing.assert_array_equal(persistence.free_run(measured, 3), [[2.0, 5.0]] * 3)


def test_a_tag_that_was_never_seen_stays_unknown():
    held = persistence.free_run(np.full((4, 1), np.nan), 2)
    assert np.isnan(held).all()
    assert held.shape == (2, 1)


def test_noise_at_the_start_is_averaged_out_by_the_median():
    measured = np.array([[0.0], [1.0], [1.2], [50.0], [1.1], [0.9]])
    assert persistence.free_run(measured, 1, start_samples=5)[0, 0] == 1.1
