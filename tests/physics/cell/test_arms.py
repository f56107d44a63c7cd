import pytest

from physics.cell.arms import ARMS, filled
from physics.cell.spec import ArmSpec


@pytest.mark.parametrize("name", ARMS)
def test_every_bundled_arm_has_a_limit_for_each_joint(name):
    arm = ARMS[name]
    for numbers in (arm.ready_rad, arm.speed_limit_rad_per_s, arm.acceleration_limit_rad_per_s2, arm.torque_limit_n_m):
        assert len(numbers) == arm.joints


def test_own_numbers_stand_above_the_tables():
    arm = filled(ArmSpec("ur5e", payload_kg=3.0))
    assert arm.payload_kg == 3.0
    assert arm.speed_limit_rad_per_s == ARMS["ur5e"].speed_limit_rad_per_s
    assert arm.tool_link == "wrist_3_link"


def test_another_tool_link_keeps_its_own_flange():
    arm = filled(ArmSpec("ur5e", tool_link="wrist_2_link", flange_m=(0.0, 0.0, 0.3)))
    assert (arm.tool_link, arm.flange_m) == ("wrist_2_link", (0.0, 0.0, 0.3))


def test_an_arm_of_ones_own_stays_as_it_is():
    own = ArmSpec("mine.urdf")
    assert filled(own) is own
