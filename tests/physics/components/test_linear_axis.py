"""Expected values: Newton and Coulomb by hand."""

import pytest

from tests.physics.evaluate import evaluate

AXIS = {"viscous_n_s_per_m": 200.0, "dry_forward_n": 21.0, "dry_backward_n": 19.0, "offset_n": -3.0}


@pytest.mark.parametrize(("velocity", "force"), [(0.1, 21.0 + 20.0 - 3.0), (-0.1, -19.0 - 20.0 - 3.0)])
def test_friction_has_a_size_in_each_direction(velocity, force):
    returned = evaluate("linear_axis", AXIS | {"rod.velocity_m_per_s": velocity})
    assert returned["rod.force_n"] == pytest.approx(force)
    assert returned["position_m.rate"] == velocity


@pytest.mark.parametrize(("velocity", "force"), [(0.1, 21.0 + 15.0 - 3.0), (-0.1, -19.0 - 25.0 - 3.0)])
def test_viscous_friction_may_differ_by_direction_around_its_mean(velocity, force):
    uneven = AXIS | {"viscous_asymmetry_ratio": -0.25, "rod.velocity_m_per_s": velocity}
    assert evaluate("linear_axis", uneven)["rod.force_n"] == pytest.approx(force)


def test_at_rest_only_the_offset_acts():
    assert evaluate("linear_axis", AXIS)["rod.force_n"] == pytest.approx(-3.0)


def test_a_learned_share_scales_friction_and_not_the_offset():
    returned = evaluate("linear_axis", AXIS | {"rod.velocity_m_per_s": 0.1, "extra_friction_ratio": 0.1})
    assert returned["rod.force_n"] == pytest.approx(1.1 * 41.0 - 3.0)


def test_a_worn_guide_rubs_more_and_rubbing_wears_it():
    worn = evaluate("linear_axis", AXIS | {"rod.velocity_m_per_s": 0.1, "guide_wear_ratio": 0.5, "wear_per_j": 1e-9})
    assert worn["friction_n"] == pytest.approx(1.5 * 21.0 + 20.0)
    assert worn["guide_wear_ratio.rate"] == pytest.approx(1e-9 * 1.5 * 21.0 * 0.1)
