from dataclasses import replace

import numpy as np

from physics.cell.draws import LOWEST, draw
from physics.cell.spec import Spread


def test_draws_have_the_mean_and_spread_that_were_asked_for(spec):
    many = draw(replace(spec, worlds=3000))
    count = many.mass_kg.size
    for values, spread in ((many.mass_kg, spec.boxes.mass_kg), (many.friction_ratio, spec.boxes.friction_ratio)):
        assert abs(values.mean() - spread.mean) < 4 * spread.sd / np.sqrt(count)
        assert abs(values.std() / spread.sd - 1) < 4 / np.sqrt(2 * count)


def test_a_world_is_the_same_however_many_there_are(spec):
    few, many = draw(replace(spec, worlds=2)), draw(replace(spec, worlds=5))
    for name in vars(few):
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name)[:2])


def test_another_seed_draws_other_boxes(spec):
    assert not np.array_equal(draw(spec).mass_kg, draw(replace(spec, seed=8)).mass_kg)


def test_nothing_weighs_nothing_and_boxes_stay_on_the_belt(spec):
    wild = replace(spec, worlds=200, boxes=replace(spec.boxes, mass_kg=Spread(1.0, 3.0), offset_m=1.0))
    found = draw(wild)
    assert found.mass_kg.min() >= LOWEST
    assert np.abs(found.offset_m).max() <= (0.3 - 0.16) / 2 + 1e-12


def test_the_first_box_comes_at_once_and_none_before_the_one_ahead(spec):
    found = draw(spec).arrival_s
    assert (found[:, 0] == 0.0).all()
    assert (np.diff(found, axis=1) > 0).all()
