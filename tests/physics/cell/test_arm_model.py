import numpy as np
import pytest

from physics.cell.arm_model import _joined, rotation, tool_frame


def test_a_dumbbell_has_the_inertia_of_its_ends():
    """Two point masses m at ±d: 2 m d² about both cross axes, nothing about their line."""
    ends = [(1.5, np.array([0.0, 0.0, z]), np.zeros((3, 3))) for z in (0.9, 0.1)]
    mass, centre, inertia = _joined(ends)
    assert mass == 3.0
    np.testing.assert_allclose(centre, [0, 0, 0.5])
    np.testing.assert_allclose(inertia, np.diag([2 * 1.5 * 0.16, 2 * 1.5 * 0.16, 0.0]), atol=1e-15)


def test_quaternions_turn_as_they_should():
    half = 0.35
    about_z = rotation(np.array([np.cos(half), 0.0, 0.0, np.sin(half)]))
    expected = [[np.cos(0.7), -np.sin(0.7), 0], [np.sin(0.7), np.cos(0.7), 0], [0, 0, 1]]
    np.testing.assert_allclose(about_z, expected, atol=1e-14)


@pytest.mark.parametrize("direction", [(0, 0, -1), (1, 0, 0), (0.3, -0.5, 0.2)])
def test_a_tool_frame_is_right_handed_along_its_direction(direction):
    frame = tool_frame(np.array(direction, dtype=float))
    np.testing.assert_allclose(frame.T @ frame, np.eye(3), atol=1e-14)
    assert np.linalg.det(frame) > 0
    np.testing.assert_allclose(frame[:, 2], np.array(direction) / np.linalg.norm(direction))


@pytest.mark.cell
def test_masses_and_places_of_the_arm_are_those_of_genesis(simulated):
    """Torques computed from our chain move Genesis' arm as planned: a wrong mass, axis or inertia would lag at once.

    The true weight of a box is not known to the controller, and the weld is stiff, not rigid: some millirad stay.
    """
    for joint in simulated[0]["joints"]:
        assert joint["error_peak_rad"] < 0.02, joint["name"]
