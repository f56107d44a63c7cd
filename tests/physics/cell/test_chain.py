import numpy as np

from physics.cell.chain import cross, jacobian, motions, tool, turn


def test_planar_arm_reaches_where_its_closed_form_says(planar):
    angles = np.array([[0.3, 0.4], [-1.0, 2.0], [0.0, 0.0]])
    a, b = angles[:, 0], angles.sum(axis=1)
    tip, _axes = tool(planar, angles)
    expected = np.stack([0.5 * np.cos(a) + 0.4 * np.cos(b), 0 * a, 0.5 * np.sin(a) + 0.4 * np.sin(b)], axis=1)
    np.testing.assert_allclose(tip, expected, atol=1e-14)


def test_jacobian_agrees_with_differences(gantry):
    rng = np.random.default_rng(1)
    at, step = rng.uniform(-1, 1, (4, 6)), 1e-6
    _tip, _axes, slopes = jacobian(gantry, at)
    for joint in range(6):
        ahead, behind = at.copy(), at.copy()
        ahead[:, joint] += step
        behind[:, joint] -= step
        moved = (tool(gantry, ahead)[0] - tool(gantry, behind)[0]) / (2 * step)
        np.testing.assert_allclose(slopes[:, :3, joint], moved, atol=1e-8)
        spin = (tool(gantry, ahead)[1] - tool(gantry, behind)[1]) / (2 * step) @ np.swapaxes(tool(gantry, at)[1], 1, 2)
        vector = np.stack([spin[:, 2, 1], spin[:, 0, 2], spin[:, 1, 0]], axis=1)
        np.testing.assert_allclose(slopes[:, 3:, joint], vector, atol=1e-8)


def test_a_turn_keeps_lengths_and_its_axis():
    axis = np.array([1.0, 2.0, -2.0]) / 3.0
    matrix = turn(axis, np.array([0.7]))[0]
    np.testing.assert_allclose(matrix @ matrix.T, np.eye(3), atol=1e-14)
    np.testing.assert_allclose(matrix @ axis, axis, atol=1e-14)
    np.testing.assert_allclose(np.trace(matrix), 1 + 2 * np.cos(0.7))


def test_at_the_reference_posture_nothing_has_moved(planar):
    rotations, shifts = motions(planar, planar.reference[None])
    assert all(np.array_equal(item[0], np.eye(3)) for item in rotations)
    assert not np.any(shifts)


def test_cross_is_numpys():
    a, b = np.random.default_rng(0).normal(size=(2, 5, 3))
    np.testing.assert_allclose(cross(a, b), np.cross(a, b), atol=1e-15)
