import numpy as np

from physics.cell.dynamics import GRAVITY_M_PER_S2 as G
from physics.cell.dynamics import torques
from physics.cell.path import plan

NONE = np.zeros(1)


def test_holding_still_takes_the_moments_of_the_weights(planar):
    a, b = 0.3, 0.4
    found = torques(planar, np.array([[a, b]]), np.zeros((1, 2)), np.zeros((1, 2)), payload_kg=NONE, reach_m=0.0)[0]
    elbow = 2.0 * G * 0.4 * np.cos(a + b)
    np.testing.assert_allclose(found, [3.0 * G * 0.5 * np.cos(a) + 2.0 * G * 0.5 * np.cos(a) + elbow, elbow])


def test_two_link_arm_follows_the_textbook(planar):
    """Craig, Introduction to Robotics, 3rd ed., eq. 6.58: point masses at the ends of both links."""
    (q1, q2), (v1, v2), (a1, a2) = (0.4, -0.9), (1.1, -0.7), (2.0, 3.0)
    l1, l2, m1, m2 = 0.5, 0.4, 3.0, 2.0
    c1, c12, c2, s2 = np.cos(q1), np.cos(q1 + q2), np.cos(q2), np.sin(q2)
    second = m2 * l1 * l2 * c2 * a1 + m2 * l1 * l2 * s2 * v1**2 + m2 * l2 * G * c12 + m2 * l2**2 * (a1 + a2)
    first = (
        m2 * l2**2 * (a1 + a2) + m2 * l1 * l2 * c2 * (2 * a1 + a2) + (m1 + m2) * l1**2 * a1
        - m2 * l1 * l2 * s2 * v2**2 - 2 * m2 * l1 * l2 * s2 * v1 * v2 + m2 * l2 * G * c12 + (m1 + m2) * l1 * G * c1
    )  # fmt: skip
    found = torques(
        planar, np.array([[q1, q2]]), np.array([[v1, v2]]), np.array([[a1, a2]]), payload_kg=NONE, reach_m=0.0
    )[0]
    np.testing.assert_allclose(found, [first, second], rtol=1e-12)


def test_work_from_rest_to_rest_is_the_height_gained(planar):
    start, end, load = np.array([-0.5, 0.2]), np.array([0.8, -0.6]), 1.5
    path = plan(planar, np.stack([start, end]), step_s=1e-3)
    rows = len(path.position)
    found = torques(planar, path.position, path.speed, path.acceleration, payload_kg=np.full(rows, load), reach_m=0.0)
    work_j = np.trapezoid((found * path.speed).sum(axis=1), dx=path.duration_s / (rows - 1))

    def height_j(q):
        first = 0.5 * np.sin(q[0])
        return G * (3.0 * first + (2.0 + load) * (first + 0.4 * np.sin(q.sum())))

    np.testing.assert_allclose(work_j, height_j(end) - height_j(start), rtol=1e-6)


def test_a_sliding_joint_lifts_its_weight_and_pushes_its_mass(gantry):
    push = np.array([[1.0, 0.0, 2.0, 0.0, 0.0, 0.0]])
    found = torques(gantry, np.zeros((1, 6)), np.zeros((1, 6)), push, payload_kg=NONE, reach_m=0.0)[0]
    np.testing.assert_allclose(found[:3], [4.0 * 1.0, 0.0, 4.0 * (G + 2.0)], atol=1e-12)


def test_damping_and_rotor_inertia_add_to_each_joint(planar):
    from dataclasses import replace

    heavy = replace(planar, armature=np.array([0.3, 0.2]), damping=np.array([1.0, 2.0]))
    q, v, a = np.array([[0.1, 0.2]]), np.array([[0.5, -0.4]]), np.array([[1.0, 2.0]])
    plain = torques(planar, q, v, a, payload_kg=NONE, reach_m=0.0)
    more = torques(heavy, q, v, a, payload_kg=NONE, reach_m=0.0)
    np.testing.assert_allclose(more - plain, [[0.3 * 1.0 + 1.0 * 0.5, 0.2 * 2.0 - 2.0 * 0.4]], atol=1e-12)


def test_a_held_mass_weighs_at_its_place(planar):
    """A payload at the tip adds m g times the level distance from each joint."""
    q, load = np.array([[0.4, -0.9]]), 0.7
    still = np.zeros((1, 2))
    more = torques(planar, q, still, still, payload_kg=np.array([load]), reach_m=0.0)
    plain = torques(planar, q, still, still, payload_kg=NONE, reach_m=0.0)
    elbow = 0.4 * np.cos(-0.5)
    np.testing.assert_allclose((more - plain)[0], load * G * np.array([0.5 * np.cos(0.4) + elbow, elbow]))
