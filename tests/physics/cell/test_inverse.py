import numpy as np

from physics.cell.chain import tool
from physics.cell.inverse import PLACE_M, TURN_RAD, down, search, solve


def test_poses_that_the_arm_can_take_are_found(gantry):
    rng = np.random.default_rng(3)
    wanted = np.column_stack([rng.uniform(-1, 1, (20, 3)), rng.uniform(-1.2, 1.2, (20, 3))])
    tip, axes = tool(gantry, wanted)
    found, reached = solve(gantry, tip, axes, np.zeros((20, 6)))
    assert reached.all()
    tip_there, axes_there = tool(gantry, found)
    assert np.linalg.norm(tip_there - tip, axis=1).max() < PLACE_M
    cosine = (np.einsum("wij,wij->w", axes_there, axes) - 1) / 2
    assert np.arccos(np.clip(cosine, -1, 1)).max() < 1.1 * TURN_RAD


def test_what_lies_beyond_the_limits_is_not_reached(gantry):
    tip, axes = np.array([[5.0, 0.0, 0.0], [0.5, 0.5, -0.5]]), down(np.zeros(2))
    found, reached = search(gantry, tip, axes, np.zeros((2, 6)), seed=0)
    assert list(reached) == [False, True]
    assert (found >= gantry.low).all()
    assert (found <= gantry.high).all()


def test_a_tool_that_points_down_is_right_handed_and_turned_by_its_yaw():
    axes = down(np.array([0.0, 0.4]))
    np.testing.assert_allclose(np.linalg.det(axes), 1.0)
    np.testing.assert_allclose(axes[:, :, 2], [[0, 0, -1], [0, 0, -1]])
    np.testing.assert_allclose(axes[1, :, 0], [np.cos(0.4), np.sin(0.4), 0])


def test_half_a_turn_away_is_found_too(gantry):
    tip = np.zeros((1, 3))
    _found, reached = solve(gantry, tip, down(np.array([np.pi])), np.zeros((1, 6)))
    assert reached.all()
