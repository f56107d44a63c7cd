from dataclasses import replace

import numpy as np
import pytest

from physics.cell.ledger import Ledger
from physics.cell.spec import Drive


@pytest.fixture
def ledger(spec):
    return Ledger(replace(spec, worlds=2, step_s=0.01, drive=Drive(0.5, 30.0)), joints=2)


def test_a_constant_torque_does_torque_times_angle(ledger):
    """Joint 0 drives with 10 N·m over 1.5 rad, joint 1 brakes with 4 N·m over 3 rad; at 50 % the first draws twice."""
    torque, speed, going = np.array([[10.0, -4.0]] * 2), np.array([[1.5, 3.0]] * 2), np.array([True, False])
    for _step in range(100):
        ledger.work(torque, speed, speed, going)
    assert ledger.mechanical_j == pytest.approx([15.0 + 12.0, 0.0])
    assert ledger.electrical_j == pytest.approx([15.0 / 0.5 + 30.0, 0.0])
    assert ledger.peak_torque[0].tolist() == [10.0, 4.0]
    assert np.sqrt(ledger.squares[0] / ledger.steps[0]) == pytest.approx([10.0, 4.0])
    assert ledger.steps.tolist() == [100.0, 0.0]


def test_riding_begins_when_the_belts_speed_is_reached(ledger):
    boxes, along = ledger.spec.box_count, ledger.along
    belt = ledger.spec.belts[0].speed_m_per_s
    ledger.laid(0, 1, 2.0, 0.5 * along)
    places, speeds = np.zeros((2, boxes, 3)), np.zeros((2, boxes, 3))
    places[0, 1], speeds[0, 1] = 0.51 * along, 0.5 * belt * along
    ledger.ride(2.1, places, speeds)
    assert ledger.expects
    places[0, 1], speeds[0, 1] = 0.53 * along, belt * along
    ledger.ride(2.2, places, speeds)
    assert not ledger.expects
    assert ledger.caught_s[0, 1] == pytest.approx(0.2)
    assert ledger.slip_m[0, 1] == pytest.approx(0.2 * belt - 0.03)
