"""Expected values: nominal point, root law."""

import pytest

from tests.physics.evaluate import evaluate


def flow(drop_pa, **changes):
    return float(evaluate("filter", {"inlet.pressure_pa": 101_325.0 + drop_pa} | changes)["flow_m3_per_s"])


def test_a_clean_filter_passes_nominal_flow_at_nominal_drop():
    assert flow(1e4) == pytest.approx(1e-3, rel=1e-4)


def test_four_times_the_resistance_halves_the_flow():
    assert flow(1e4, clog_ratio=3.0) == pytest.approx(0.5e-3, rel=1e-3)


def test_it_clogs_with_the_volume_passed():
    changes = {"inlet.pressure_pa": 111_325.0, "clogging_per_m3": 1e-3}
    assert evaluate("filter", changes)["clog_ratio.rate"] == pytest.approx(1e-6, rel=1e-3)
