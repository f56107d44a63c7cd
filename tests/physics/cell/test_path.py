import numpy as np

from physics.cell.path import plan


def test_one_straight_motion_takes_what_the_quintic_needs(planar):
    """Peak speed of the quintic is 15/8 of the mean, peak acceleration 10/√3 of distance over time squared."""
    for distance, limit in ((2.0, 15 / 8 * 2.0 / 2.0), (0.05, np.sqrt(10 / np.sqrt(3) * 0.05 / 5.0))):
        path = plan(planar, np.array([[0.0, 0.0], [distance, 0.0]]), step_s=1e-4)
        expected = max(limit, np.sqrt(10 / np.sqrt(3) * distance / 5.0))
        np.testing.assert_allclose(path.duration_s, expected, rtol=1e-3)


def test_limits_hold_along_a_bent_way_and_one_of_them_is_used(planar):
    points = np.array([[0.0, 0.0], [0.4, 1.0], [0.9, 0.7], [-0.5, -1.0]])
    path = plan(planar, points, step_s=2e-3)
    fast = np.abs(path.speed).max(axis=0) / planar.speed
    hard = np.abs(path.acceleration).max(axis=0) / planar.acceleration
    assert max(*fast, *hard) < 1.001
    assert max(*fast, *hard) > 0.97


def test_a_way_begins_and_ends_at_rest_at_its_ends(planar):
    points = np.array([[0.1, 0.2], [0.5, -0.4], [1.0, 0.3]])
    path = plan(planar, points, step_s=5e-3)
    np.testing.assert_allclose(path.position[[0, -1]], points[[0, -1]], atol=1e-12)
    np.testing.assert_allclose(path.speed[[0, -1]], 0.0, atol=1e-12)
    np.testing.assert_allclose(path.acceleration[[0, -1]], 0.0, atol=1e-9)


def test_speeds_and_accelerations_are_those_of_the_positions(planar):
    path = plan(planar, np.array([[0.0, 0.0], [0.7, 0.4], [1.0, -0.3]]), step_s=1e-3)
    step = path.duration_s / (len(path.position) - 1)
    np.testing.assert_allclose(np.gradient(path.position, step, axis=0)[2:-2], path.speed[2:-2], atol=2e-3)


def test_half_the_speed_takes_twice_as_long(planar):
    points = np.array([[0.0, 0.0], [1.5, 0.5]])
    slow, fast = (plan(planar, points, step_s=1e-4, speed_ratio=ratio).duration_s for ratio in (0.5, 1.0))
    np.testing.assert_allclose(slow / fast, 2.0, rtol=1e-3)


def test_nowhere_to_go_takes_no_time(planar):
    path = plan(planar, np.zeros((3, 2)), step_s=1e-3)
    assert path.duration_s == 0.0
    assert len(path.position) == 1
