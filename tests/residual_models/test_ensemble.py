import numpy as np

from residual_models import ensemble


def test_each_sample_is_left_out_by_one_member_in_contiguous_stretches():
    owner = ensemble.left_out([7, 5], 3)
    np.testing.assert_array_equal(owner, [0] * 4 + [1] * 4 + [2] * 4)


def test_central_is_the_median_and_ignores_failed_members():
    predicted = np.array([[[1.0, 2.0, 90.0, np.nan, 3.0]]])
    assert ensemble.central([predicted])[0][0, 0] == 2.5
