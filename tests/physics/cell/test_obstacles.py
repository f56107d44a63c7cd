"""A crane that carries a cube past another cube: whether they meet is a matter of subtraction."""

import numpy as np

from physics.cell.obstacles import BOX_M, met
from physics.cell.spec import Fixture

CUBE = (0.2, 0.2, 0.2)


def hits(gantry, gap_m, *, box_m=CUBE, yaw_rad=0.0):
    """Whether a cube held at (0, 0, 1) meets one whose near face is this far from its own."""
    posture = np.array([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]])
    other = Fixture("post", (0.2 + gap_m, 0.0, 0.9), CUBE, yaw_rad)
    return met(gantry, posture, (other,), box_m=box_m, gap_m=0.0, quarter=0.0) == "post"


def test_cubes_meet_where_the_gap_is_less_than_what_is_left_free(gantry):
    assert hits(gantry, 0.9 * BOX_M)
    assert not hits(gantry, 1.1 * BOX_M)


def test_a_turned_cube_reaches_farther(gantry):
    reach_m = 0.1 * (np.sqrt(2) - 1)
    assert hits(gantry, reach_m, yaw_rad=np.pi / 4)
    assert not hits(gantry, reach_m + 1.1 * BOX_M, yaw_rad=np.pi / 4)


def test_an_empty_cup_passes_where_a_box_does_not(gantry):
    assert not hits(gantry, 0.0, box_m=None)


def test_a_box_held_by_its_other_side_is_turned_with_the_cup(gantry):
    posture = np.array([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]])
    long_m, post = (0.6, 0.1, 0.1), (Fixture("post", (0.25, 0.0, 0.95), (0.1, 0.1, 0.1)),)
    assert met(gantry, posture, post, box_m=long_m, gap_m=0.0, quarter=0.0) == "post"
    assert met(gantry, posture, post, box_m=long_m, gap_m=0.0, quarter=np.pi / 2) == ""


def test_the_arm_itself_is_looked_at(gantry):
    hanging = np.array([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0]])
    beam = (Fixture("beam", (0.0, 0.0, 2.0), (0.1, 2.0, 0.1)),)
    assert met(gantry, hanging, beam, box_m=None, gap_m=0.0, quarter=0.0) == "beam"
