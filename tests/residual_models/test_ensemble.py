import numpy as np

from residual_models import ensemble


def test_each_sample_is_left_out_by_one_member_in_contiguous_stretches():
    owner = ensemble.left_out([7, 5], 3)
    np.testing.assert_array_equal(owner, [0] * 4 + [1] * 4 + [2] * 4)


def test_a_member_misses_its_own_stretch_alone_where_errors_are_short():
    owner = ensemble.left_out([30], 3)
    np.testing.assert_array_equal(ensemble.hidden(owner, 3, lasting=10.0), owner[:, None] == np.arange(3))


def test_a_lasting_error_hides_the_neighbourhood_too_but_never_more_than_half():
    owner = ensemble.left_out([60], 6)
    near = ensemble.hidden(owner, 6, lasting=12.0)
    np.testing.assert_array_equal(np.flatnonzero(near[:, 2]), np.arange(10, 40))
    np.testing.assert_array_equal(np.flatnonzero(near[:, 0]), np.arange(20))
    assert ensemble.hidden(owner, 6, lasting=1e9).sum(axis=0).max() == 30
    assert near[owner[:, None] == np.arange(6)].all()


def test_spans_tell_a_members_own_stretch_and_where_its_knowledge_begins():
    owner = ensemble.left_out([60], 6)
    found = ensemble.spans(owner, ensemble.hidden(owner, 6, lasting=12.0))
    np.testing.assert_array_equal(found[[0, 2, 5]], [[0, 10, 20], [20, 30, 40], [50, 60, 60]])
    few = ensemble.left_out([2], 3)
    np.testing.assert_array_equal(ensemble.spans(few, ensemble.hidden(few, 3, 1.0))[2], [0, 0, 0])


def test_central_is_the_median_and_ignores_failed_members():
    predicted = np.array([[[1.0, 2.0, 90.0, np.nan, 3.0]]])
    assert ensemble.central([predicted])[0][0, 0] == 2.5
