"""Coverage of intervals and the length of a known transient."""

import numpy as np
import pytest

from physics.flow.intervals import interval, paired, warm_up_bins
from tests.physics.flow.lines import broken_line, run


def test_intervals_cover_the_mean_as_often_as_they_say():
    chance = np.random.default_rng(1)
    covered = sum(5.0 in interval(chance.normal(5.0, 2.0, 8), level=0.9) for _ in range(2000)) / 2000
    assert covered == pytest.approx(0.9, abs=4 * np.sqrt(0.09 / 2000))


def test_common_noise_cancels_in_pairs():
    chance = np.random.default_rng(2)
    noise = chance.normal(0.0, 10.0, 50)
    difference = paired(noise + 1.0 + chance.normal(0.0, 0.1, 50), noise)
    assert 1.0 in paired(noise + 1.0, noise) or abs(difference.mean - 1.0) < 0.1
    assert difference.half_width < 0.1


def test_one_world_has_no_interval():
    assert np.isnan(interval([3.0]).half_width)


def test_the_transient_is_left_out():
    bins = np.arange(300)
    rates = 20.0 * (1 - np.exp(-bins / 12.0))
    counts = np.random.default_rng(3).poisson(rates, (40, 300))
    # after five time constants less than 1 % of the transient is left
    assert 20 <= warm_up_bins(counts) <= 90


def test_a_run_that_never_settles_is_too_short():
    assert warm_up_bins(np.tile(np.arange(100), (4, 1))) is None
    assert warm_up_bins(np.ones((4, 20), dtype=int)) is None


def test_a_bigger_buffer_pays_and_pairs_tell_it_sooner():
    """Worlds of the two variants share their noise: the paired interval is a good deal narrower than the unpaired."""
    small, big = (run(broken_line(5, slots), horizon_s=100_000.0, worlds=24, events=False) for slots in (5, 20))
    gain = paired(big.throughput_per_s, small.throughput_per_s)
    assert gain.mean - gain.half_width > 0
    apart = np.hypot(interval(big.throughput_per_s).half_width, interval(small.throughput_per_s).half_width)
    assert gain.half_width < 0.6 * apart
