"""Expected values: the points of the curves themselves, affinity, Q² between points, energy by hand."""

import pytest
from scipy.optimize import brentq

from physics.catalogue import components
from physics.laws import constants
from tests.physics.evaluate import evaluate

SHEET = ((0.0, 20.0), (1e-3, 19.0), (2e-3, 16.0), (3e-3, 11.0))
POWER = ((0.0, 200.0), (1.5e-3, 400.0), (3e-3, 450.0))
TABLES = {table.name: table for table in components()["curve_pump"].declaration.tables}
NUMBERS = TABLES["head_curve"].numbers(SHEET) | TABLES["power_curve"].numbers(POWER)


def run(head_m, speed_ratio=1.0, **changes):
    rise_pa = 998.2 * constants.GRAVITY_M_PER_S2 * head_m
    pressures = {"inlet.pressure_pa": 3e5, "outlet.pressure_pa": 3e5 + rise_pa}
    values = NUMBERS | pressures | {"shaft.speed_rad_per_s": 150.0 * speed_ratio} | changes

    def found(flow):
        return evaluate("curve_pump", values | {"impeller_m3_per_s": flow})

    return found(brentq(lambda flow: float(found(flow)["impeller_m3_per_s.residual"]), -0.1, 0.1, xtol=1e-15))


@pytest.mark.parametrize(("flow", "head"), SHEET)
def test_the_points_of_the_sheet_come_back(flow, head):
    assert run(head)["flow_m3_per_s"] == pytest.approx(
        flow, abs=6e-5
    )  # 2 % of the largest: corners and root are rounded


@pytest.mark.parametrize("speed_ratio", [0.4, 0.8, 1.2])
def test_points_move_with_speed_by_affinity(speed_ratio):
    found = run(16.0 * speed_ratio**2, speed_ratio)
    assert found["flow_m3_per_s"] == pytest.approx(2e-3 * speed_ratio, rel=2e-3)


def test_between_points_head_falls_with_the_square_of_flow():
    middle = (0.5 * (1e-3**2 + 2e-3**2)) ** 0.5
    assert run(17.5)["flow_m3_per_s"] == pytest.approx(middle, rel=2e-3)


@pytest.mark.parametrize(("flow", "head", "power"), [(1.5e-3, 17.75, 400.0), (3e-3, 11.0, 450.0)])
def test_shaft_power_follows_its_own_points_and_the_cube_of_speed(flow, head, power):
    assert run(head)["shaft_power_w"] == pytest.approx(power, rel=2e-3)
    assert run(head * 0.25, 0.5)["shaft_power_w"] == pytest.approx(power / 8, rel=4e-3)


def test_a_fitted_scale_stretches_head_and_power():
    found = run(16.0 * 1.1, head_scale_ratio=1.1)
    assert found["flow_m3_per_s"] == pytest.approx(2e-3, rel=2e-3)
    assert found["shaft_power_w"] == pytest.approx(1.1 * run(16.0)["shaft_power_w"], rel=1e-3)


def test_losses_warm_the_casing():
    found = run(16.0)
    hydraulic = 998.2 * constants.GRAVITY_M_PER_S2 * 16.0 * found["flow_m3_per_s"]
    warmed = found["temperature_k.rate"] * 998.2 * 2e-3 * 4182.0
    assert warmed == pytest.approx(found["shaft_power_w"] - hydraulic, rel=1e-6)


def test_at_rest_it_is_only_a_resistance():
    steps = [float(run(head, 0.0)["flow_m3_per_s"]) for head in (-4.0, -1.0, 1.0, 4.0)]
    assert steps[0] == pytest.approx(2 * steps[1], rel=0.01)
    assert steps == sorted(steps, reverse=True)
    assert run(0.0, 0.0)["shaft.torque_n_m"] == 0.0


def test_a_starved_pump_loses_head_and_erodes():
    starved = {"inlet.pressure_pa": 5e3, "outlet.pressure_pa": 5e3 + 16.0 * 9789.0, "erosion_per_j": 1e-9}
    found = run(16.0, **starved)
    assert found["suction_spare_m"] < 0
    assert found["flow_m3_per_s"] < 1.9e-3
    assert found["erosion_ratio.rate"] > 0
    assert run(16.0, erosion_per_j=1e-9)["erosion_ratio.rate"] < 1e-15


def test_an_eroded_impeller_delivers_less():
    ratio = run(11.0, erosion_ratio=0.2)["flow_m3_per_s"] / run(11.0)["flow_m3_per_s"]
    assert ratio == pytest.approx(1.2**-0.5, rel=1e-3)
