"""Expected values: life at the reference temperature; Montsinger's rule of 8 to 10 K for half the life."""

import pytest

from physics.laws import arrhenius

LIFE_S, B, REFERENCE_K = 7.2e7, 1.2e4, 403.15


def test_at_the_reference_temperature_life_is_the_rated_life():
    assert float(arrhenius.ageing_rate_per_s(LIFE_S, B, REFERENCE_K, REFERENCE_K)) == pytest.approx(1 / LIFE_S)


@pytest.mark.parametrize(("hotter_k", "bounds"), [(8.0, (1.7, 2.0)), (10.0, (2.0, 2.2))])
def test_life_halves_within_eight_to_ten_kelvin(hotter_k, bounds):
    faster = float(arrhenius.ageing_rate_per_s(LIFE_S, B, REFERENCE_K, REFERENCE_K + hotter_k)) * LIFE_S
    assert bounds[0] < faster < bounds[1]
