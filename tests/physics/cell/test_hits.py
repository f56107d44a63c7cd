from dataclasses import replace

import numpy as np
import pytest

from physics.cell.hits import Hits

KINDS = {
    0: ("arm", "elbow"),
    1: ("arm", "cup"),
    2: ("box", "box 0"),
    3: ("box", "box 1"),
    4: ("fixture", "post"),
    5: ("fixture", "stop"),
    6: ("belt", "belt 0"),
}


@pytest.fixture
def hits(spec):
    return Hits(replace(spec, worlds=2))


@pytest.fixture
def places(spec):
    return np.zeros((2, spec.box_count, 3))


def touching(one, other, force_n=5.0):
    return np.full((2, 1), one), np.full((2, 1), other), np.full((2, 1), force_n)


@pytest.mark.parametrize(
    ("pair", "held", "counts"),
    [
        ((0, 4), -1, True),
        ((1, 2), 0, False),
        ((0, 2), 0, True),
        ((1, 3), 0, True),
        ((1, 2), -1, True),
        ((2, 4), 0, True),
        ((2, 4), -1, False),
        ((2, 3), 0, False),
        ((2, 6), 0, False),
        ((-1, 4), -1, False),
    ],
)
def test_contacts_that_matter_are_kept(hits, places, pair, held, counts):
    for now_s, force_n in ((3.0, 5.0), (4.0, 7.0)):
        hits.look(now_s, KINDS, touching(*pair, force_n), ([held, held], [[], []], places))
    assert bool(hits.touches) is counts
    for touch in hits.touches.values():
        assert touch.worlds == {0, 1}
        assert (touch.first_s, touch.force_n) == (3.0, 7.0)


@pytest.mark.parametrize(("away_m", "held", "counts"), [(0.006, 0, True), (0.004, 0, False), (0.006, -1, False)])
def test_a_held_box_that_pushes_another_aside_has_hit_it(hits, places, away_m, held, counts):
    hits.look(1.0, KINDS, touching(-1, -1), ([-1, -1], [[1], []], places))
    moved = places.copy()
    moved[:, 1, 0] = away_m
    hits.look(2.0, KINDS, touching(2, 3), ([held, held], [[1], []], moved))
    assert {pair: touch.worlds for pair, touch in hits.touches.items()} == ({("box 0", "box 1"): {0}} if counts else {})


@pytest.mark.parametrize(("aside_m", "counts"), [(0.009, False), (0.011, True)])
def test_a_box_may_lean_at_the_stop_while_it_goes_straight_up(hits, places, aside_m, counts):
    hits.look(1.0, KINDS, touching(2, 5), ([0, 0], [[], []], places))
    moved = places.copy()
    moved[:, 0] = (aside_m, 0.0, 0.3)
    hits.look(2.0, KINDS, touching(2, 5), ([0, 0], [[], []], moved))
    assert bool(hits.touches) is counts
