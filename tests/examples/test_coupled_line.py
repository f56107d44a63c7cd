"""The coupled story against balances that are known: torque at the motor, one item for each pitch of belt."""

import numpy as np
import pytest

from examples.coupled_line.story import draw, tell

VOLTAGE_V, TORQUE_N_M_PER_A, RESISTANCE_OHM, RADIUS_M, PITCH_M, DRY_N_M = 24.0, 5.0, 4.0, 0.1, 0.5, 2.0


@pytest.fixture(scope="module")
def story():
    return tell(days=1.0, worlds=2)


def test_the_motor_obeys_its_own_balance(story):
    # steady DC motor: V = R i + k ω
    run = slice(20, int(story.down[:, 0].argmax()) - 1)
    omega = story.speed_m_per_s[run, 0] / RADIUS_M
    drop_v = VOLTAGE_V - TORQUE_N_M_PER_A * omega
    np.testing.assert_allclose(story.current_a[run, 0], drop_v / RESISTANCE_OHM, rtol=1e-3)


def test_worn_friction_is_what_the_motor_pulls_more(story):
    # dry friction grows with wear: τ_c (1 + w), carried by k i; the load on the belt stays what it was
    new, worn = 20, int(story.down[:, 0].argmax()) - 2
    more_n_m = DRY_N_M * (story.wear_ratio[worn, 0] - story.wear_ratio[new, 0])
    more_a = story.current_a[worn, 0] - story.current_a[new, 0]
    assert more_a * TORQUE_N_M_PER_A == pytest.approx(more_n_m, rel=0.1)


def test_an_item_comes_for_each_pitch_of_belt(story):
    run = slice(20, int(story.down[:, 0].argmax()) - 1)
    way_m = story.speed_m_per_s[run, 0].sum() * story.interval_s
    assert story.made[run, 0].sum() == pytest.approx(way_m / PITCH_M, rel=2e-3)
    assert (story.balance == 0).all()


def test_it_fails_is_repaired_and_is_new(story):
    first = int(story.down[:, 0].argmax())
    back = first + int((~story.down[first:, 0]).argmax())
    assert (story.made[first + 1 : back - 1, 0] == 0).all()
    assert story.wear_ratio[back + 2, 0] < 0.05
    assert story.speed_m_per_s[back + 3, 0] == pytest.approx(story.speed_m_per_s[3, 0], rel=5e-3)
    assert (story.repairs >= 1).all()


def test_the_picture_is_the_same_each_time(story, tmp_path):
    pytest.importorskip("matplotlib", reason="the bench extra is not installed")
    draw(story, tmp_path / "a.svg")
    draw(story, tmp_path / "b.svg")
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
