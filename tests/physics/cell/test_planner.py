from dataclasses import replace

import numpy as np
import pytest

from physics.cell import layout
from physics.cell.chain import tool
from physics.cell.planner import GAP_M, Planner
from physics.cell.spec import Fixture


@pytest.fixture
def planner(spec, gantry):
    return Planner(spec, gantry)


def test_home_is_above_the_stop_with_the_cup_down(spec, planner):
    tip, axes = tool(planner.chain, planner.home[None])
    above = layout.stopped_m(spec) + [0.0, 0.0, 0.06 + GAP_M + spec.motion.clearance_m]
    np.testing.assert_allclose(tip[0], above, atol=3e-4)
    np.testing.assert_allclose(axes[0][:, 2], [0, 0, -1], atol=3e-3)


def test_a_way_to_a_box_ends_on_its_top_and_turns_with_it(spec, planner):
    centre = layout.stopped_m(spec) + [0.004, 0.01, 0.0]
    path = planner.to_box(planner.home, centre, 0.1)
    tip, axes = tool(planner.chain, path.position[-1:])
    np.testing.assert_allclose(tip[0], centre + [0, 0, 0.06 + GAP_M], atol=3e-4)
    turned = np.arctan2(axes[0][1, 0], axes[0][0, 0]) - planner.quarter - 0.1
    assert abs(np.sin(turned)) < 3e-3


def test_a_box_comes_to_lie_on_its_slot_as_the_pallet_lies(spec, planner):
    centre = layout.stopped_m(spec)
    for slot in range(spec.box_count):
        path, way = planner.to_slot(planner.home, centre, -0.05, slot)
        tip, axes = tool(planner.chain, path.position[-1:])
        np.testing.assert_allclose(tip[0], planner.slots[slot] + [0, 0, 0.06 + 2 * GAP_M], atol=3e-4)
        assert abs(np.sin(np.arctan2(axes[0][1, 0], axes[0][0, 0]) - planner.quarter - spec.pallet.yaw_rad)) < 3e-3
        back = planner.back(path.position[-1], slot, way)
        np.testing.assert_allclose(back.position[-1], planner.home, atol=1e-12)


def test_a_box_is_carried_above_the_pallet_by_the_clearance(spec, planner):
    path, _way = planner.to_slot(planner.home, layout.stopped_m(spec), 0.0, 0)
    tip, _axes = tool(planner.chain, path.position)
    over_pallet = np.abs(tip[:, 1] + 0.5) < 0.1
    middle = (np.linalg.norm(tip[:, :2] - planner.slots[0][:2], axis=1) > 0.02) & over_pallet
    assert (tip[middle, 2] - 0.12 > planner.slots[0][2] + 0.06).all()


def test_slots_beyond_the_joints_are_told(spec, gantry):
    far = replace(spec, pallet=replace(spec.pallet, position_m=(0.0, -3.15, 0.4), rows=2, columns=1))
    reach = Planner(far, gantry).reach
    assert reach.stop
    assert reach.slots.tolist() == [False, True]


TOP_M = 1.1


def wall(spec, top_m):
    """The cell with a wall between stop and pallet."""
    return replace(spec, fixtures=(Fixture("wall", (0.0, 0.0, top_m / 2), (3.0, 0.06, top_m)),))


def test_a_wall_between_stop_and_pallet_is_gone_over(spec, gantry):
    low, high = Planner(wall(spec, 0.3), gantry), Planner(wall(spec, TOP_M), gantry)
    assert high.reach.slots.all()
    assert high.reach.blocked == {}
    for slot in range(spec.box_count):
        path, way = high.to_slot(high.home, layout.stopped_m(spec), 0.0, slot)
        tip, _axes = tool(gantry, path.position)
        # the box hangs 0.12 m and the gap below the cup, and reaches 0.11 m to either side
        assert (tip[np.abs(tip[:, 1]) < 0.03 + 0.11, 2] - 0.12 - GAP_M > TOP_M).all()
        assert len(high.detours[slot][way]) == 2
        assert low.detours[slot] == [[]] * len(low.downs[slot])
        np.testing.assert_allclose(high.back(path.position[-1], slot, way).position[-1], high.home, atol=1e-12)


def test_a_wall_without_a_way_is_named_with_its_slot(spec, gantry):
    reach = Planner(wall(spec, 4.0), gantry).reach
    assert reach.stop
    assert not reach.slots.any()
    assert reach.blocked == dict.fromkeys(range(spec.box_count), "wall")
