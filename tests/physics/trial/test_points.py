"""Random points keep the declared bounds and do not change from run to run."""

import numpy as np

from physics.catalogue import components
from physics.trial.points import POINTS, random_points
from tests.physics.trial.bad import Damper


def test_points_lie_inside_the_bounds_and_repeat():
    points, again = random_points(Damper, corrected=True), random_points(Damper, corrected=True)
    assert all(len(values) == POINTS for values in points.values())
    assert all(np.array_equal(points[name], again[name]) for name in points)
    assert points["wear_ratio"].min() >= 0.0
    assert points["drag_n_m_s"].min() >= 0.05
    assert (points["extra_ratio"].min(), points["extra_ratio"].max()) >= (-0.5, 0.0)


def test_corrections_are_zero_unless_asked_for():
    assert not random_points(Damper)["extra_ratio"].any()


def test_points_are_the_same_for_a_type_whatever_else_is_in_the_catalogue():
    pipe = components()["pipe"]
    first = random_points(pipe)["length_m"]
    random_points(Damper)
    assert np.array_equal(first, random_points(pipe)["length_m"])
