"""Expected values: a deterministic machine by hand; Little's law; shares that sum to one."""

import numpy as np
import pytest

from physics.flow.kpis import kpis
from physics.flow.layout import Part, Product
from tests.physics.flow.lines import broken_line, chain, exponential, machines, run


def test_oee_of_a_machine_by_hand():
    """100 s of work, 25 s of repair, a fifth scrapped; on shift half of the time."""
    beside = (Part("d", "breakdown", {"machine": "m0", "between_s": 100.0, "repair_s": 25.0}),
              Part("shifts", "shift_calendar", {"period_s": 2000.0, "shifts": [[0, 1], [1000, 0]]}))  # fmt: skip
    line = machines(1, beside=beside, settings={"cycle_s": 1.0, "scrap_ratio": 0.2, "calendar": "shifts"})
    found = kpis(run(line, horizon_s=200_000.0, worlds=4)).stations["m0"]
    assert found.availability == pytest.approx(0.8, abs=0.005)
    assert found.performance == pytest.approx(1.0, abs=0.005)
    assert found.quality == pytest.approx(0.8, abs=4 * np.sqrt(0.16 / 320_000))
    assert found.oee == pytest.approx(0.64, abs=0.01)
    assert found.shares["off"] == pytest.approx(0.5)
    assert found.utilisation.mean == pytest.approx(0.4, abs=0.005)


def test_performance_counts_each_products_own_cycle():
    products = (Product("a"), Product("b"))
    settings = {"cycle_s": {"a": 1.0, "b": 3.0}, "setup_s": 2.0}
    parts = (Part("source", "source"), Part("m0", "machine", settings), Part("sink", "sink"))
    found = kpis(run(chain(*parts, products=products), horizon_s=8000.5, worlds=2))
    # a and b in turn: 1 + 3 s of work in 8 s, the rest setup
    assert found.stations["m0"].performance == pytest.approx(1.0, abs=1e-3)
    assert found.stations["m0"].availability == pytest.approx(0.5, abs=1e-3)
    assert found.by_product_per_s["a"].mean == pytest.approx(1 / 8, rel=1e-3)


def test_littles_law_holds_for_a_long_run():
    """Item-seconds in the line are the lead times of those who left, but for those inside at either end.

    Those are up to 19 items that may wait out a repair of an hour: 2 % of 2.2 million item-seconds.
    """
    found = run(broken_line(4, 5, 0.5, 1.5), horizon_s=200_000.0, warm_s=2000.0, worlds=8)
    np.testing.assert_allclose(found.item_s, found.lead_sum_s, rtol=0.03)
    assert kpis(found).items.mean == pytest.approx(found.lead_sum_s.mean() / 200_000.0, rel=0.01)


def test_shares_sum_to_one_and_buffers_hold_what_they_hold():
    found = kpis(run(broken_line(4, 5), horizon_s=50_000.0, worlds=4, events=False))
    for station in found.stations.values():
        assert sum(station.shares.values()) == pytest.approx(1.0)
    assert list(found.stations) == ["m0", "m1", "m2", "m3"]
    assert found.lead_quantiles_s == tuple(sorted(found.lead_quantiles_s))


def test_an_mm1_queue_has_its_closed_form():
    """λ = 0.5, μ = 1: utilisation 0.5, time in system 1 / (μ − λ) = 2 s; the buffer is as good as endless."""
    parts = (Part("source", "source", {"interval_s": exponential(2.0)}), Part("b", "buffer", {"capacity_count": 200}),
             Part("m", "machine", {"cycle_s": exponential(1.0)}), Part("sink", "sink"))  # fmt: skip
    found = kpis(run(chain(*parts), horizon_s=40_000.0, warm_s=500.0, worlds=16), level=0.9999)
    assert 2.0 in found.lead_s
    assert 0.5 in found.stations["m"].utilisation
    assert found.content["b"] == pytest.approx(0.5, abs=0.05)
