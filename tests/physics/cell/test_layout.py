from dataclasses import replace
from math import pi, sqrt

import numpy as np

from physics.cell import layout
from physics.cell.spec import Belt


def test_boxes_begin_and_stop_within_their_belts(spec):
    np.testing.assert_allclose(layout.infeed_m(spec), [-1.3 + 0.11, 0.5, 0.66])
    np.testing.assert_allclose(layout.stopped_m(spec), [0.25 - 0.11, 0.5, 0.66])


def test_an_oblique_belt_runs_along_its_line(spec):
    belt = Belt((0.0, 0.0), (1.0, 1.0), 0.3, 0.6, 0.5)
    assert np.isclose(layout.heading_rad(belt), pi / 4)
    assert np.isclose(layout.length_m(belt), sqrt(2))
    oblique = replace(spec, belts=(belt,))
    np.testing.assert_allclose(layout.stopped_m(oblique)[:2], 1.0 - 0.11 / sqrt(2))
    assert np.isclose(layout.stop(oblique).yaw_rad, pi / 4)


def test_slots_do_not_overlap_and_fill_the_far_side_first(spec):
    slots = layout.slots_m(replace(spec, pallet=replace(spec.pallet, rows=3, columns=2, layers=2)))
    assert len(slots) == 12
    gaps = np.abs(slots[:, None] - slots[None])
    free = (gaps >= np.array(spec.boxes.size_m) - 1e-12).any(axis=2)
    assert free[~np.eye(12, dtype=bool)].all()
    away = np.linalg.norm(slots[:6, :2], axis=1)
    assert (np.diff(away) <= 1e-12).all()
    np.testing.assert_allclose(slots[:6, 2], 0.46)
    np.testing.assert_allclose(slots[6:, 2], 0.58)


def test_a_turned_pallet_turns_its_slots(spec):
    straight = layout.slots_m(spec) - np.array(spec.pallet.position_m)
    turned = layout.slots_m(replace(spec, pallet=replace(spec.pallet, yaw_rad=pi / 2))) - np.array(
        spec.pallet.position_m
    )
    assert {(round(-y, 9) + 0.0, round(x, 9) + 0.0) for x, y, _z in straight} == {
        (round(x, 9) + 0.0, round(y, 9) + 0.0) for x, y, _z in turned
    }


def test_the_deck_carries_all_boxes(spec):
    deck = layout.deck(spec)
    np.testing.assert_allclose(
        deck.size_m[:2], (2 * 0.22 + 0.02 + 2 * layout.RIM_M, 2 * 0.16 + 0.02 + 2 * layout.RIM_M)
    )
    assert np.isclose(deck.position_m[2] + deck.size_m[2] / 2, spec.pallet.position_m[2])
