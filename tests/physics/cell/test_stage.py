"""Genesis' own part of the cell, judged on the example's one simulation."""

import numpy as np
import pytest

from physics.cell.ledger import CAUGHT_RATIO
from physics.cell.stage import _from_z

GRAVITY_M_PER_S2 = 9.81


def test_a_quaternion_turns_z_into_the_direction():
    from physics.cell.arm_model import rotation

    for axis in np.vstack([np.eye(3), -np.eye(3), [[0.6, 0.0, 0.8]]]):
        np.testing.assert_allclose(rotation(_from_z(axis)) @ [0, 0, 1], axis, atol=1e-12)


@pytest.mark.cell
def test_boxes_come_up_to_belt_speed_as_coulomb_says(simulated, spec):
    """Laid at rest on a belt of speed v a box is pushed by μ g: it rides after v / (μ g), having slipped v² / (2 μ g).

    Both up to the one per cent that counts as riding, and to the step: times are seen a step late at most, and the
    simulation moves a box by its speed at the end of a step, half a step of belt speed too far.
    """
    result, _folder = simulated
    rides = result["belt"]
    assert len(rides) == spec.worlds * spec.box_count
    speed, step_s = spec.belts[0].speed_m_per_s, spec.step_s
    push = np.array([ride["friction_ratio"] for ride in rides]) * GRAVITY_M_PER_S2
    caught, slip = (np.array([ride[name] for ride in rides]) for name in ("caught_up_s", "slip_m"))
    late = caught - (1 - CAUGHT_RATIO) * speed / push
    assert late.min() > -0.02 * caught.max()
    assert late.max() < step_s + 0.02 * caught.max()
    expected = (1 - CAUGHT_RATIO**2) * speed**2 / (2 * push)
    np.testing.assert_allclose(slip, expected - speed * step_s / 2, rtol=0.03, atol=0.2 * speed * step_s)


@pytest.mark.cell
def test_more_friction_carries_sooner(simulated):
    rides = simulated[0]["belt"]
    friction, caught = (np.array([ride[name] for ride in rides]) for name in ("friction_ratio", "caught_up_s"))
    assert np.corrcoef(1 / friction, caught)[0, 1] > 0.95
