"""Expected values: steam tables (IAPWS-IF97 saturation), ISO 9906's 3 %, affinity."""

import pytest

from physics.laws import cavitation


@pytest.mark.parametrize(
    ("temperature_k", "steam_table_pa"), [(273.16, 611.7), (293.15, 2339.0), (333.15, 19_946.0), (373.15, 101_418.0)]
)
def test_vapour_pressure_of_water(temperature_k, steam_table_pa):
    found = float(cavitation.vapour_pressure_pa(2339.0, 5160.0, temperature_k))
    assert found == pytest.approx(steam_table_pa, rel=0.055)


def test_cold_open_water_offers_some_ten_metres():
    assert float(cavitation.available_m(101_325.0, 2339.0, 998.2)) == pytest.approx(10.11, abs=0.01)


def test_need_rises_with_the_square_of_speed_at_like_flow():
    full, half = (float(cavitation.required_m(0.5, 1.5, ratio, (0.8 * ratio) ** 2)) for ratio in (1.0, 0.5))
    assert full == pytest.approx(0.5 + 1.5 * 0.64)
    assert half == pytest.approx(full / 4)


def test_three_percent_of_the_head_are_lost_where_available_equals_required():
    assert float(cavitation.head_left_ratio(0.0, 0.5)) == pytest.approx(0.97)
    assert float(cavitation.head_left_ratio(5.0, 0.5)) == pytest.approx(1.0, abs=1e-5)
    assert float(cavitation.head_left_ratio(-5.0, 0.5)) < 0.01
