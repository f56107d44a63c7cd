import numpy as np
import pytest
from scipy import stats

from physics.simulate.streams import normal, philox, uniform

# Known answers of Philox4x32-10 from the Random123 distribution (kat_vectors; Salmon et al. 2011).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "expected"), KNOWN)
def test_known_answers(counter, key, expected):
    words = philox(tuple(np.array([word], np.uint64) for word in counter), key)
    assert tuple(int(word[0]) for word in words) == expected


def test_more_worlds_and_draws_move_no_number():
    few = uniform(7, 5, "pump-1", 3)
    many = uniform(7, 400, "pump-1", 9)
    np.testing.assert_array_equal(many[:3, :5], few)


def test_entities_and_seeds_have_streams_of_their_own():
    base = uniform(7, 1000, "pump-1")[0]
    for other in (uniform(8, 1000, "pump-1")[0], uniform(7, 1000, "pump-2")[0]):
        # Three sigma of a correlation of 1,000 independent pairs.
        assert abs(np.corrcoef(base, other)[0, 1]) < 3 / np.sqrt(1000)


def test_normal_passes_a_kolmogorov_smirnov_test():
    assert stats.kstest(normal(1, 200, "x", 200).ravel(), "norm").pvalue > 0.01
