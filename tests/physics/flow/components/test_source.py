"""Expected values: counted by hand."""

import numpy as np
import pytest

from physics.flow.layout import Part, Product
from physics.network.faults import PlantRefused
from tests.physics.flow.lines import chain, run

TWO = (Product("a"), Product("b"))


def sent(settings, *, cycle_s=0.0, horizon_s=100.0, products=TWO, worlds=1):
    parts = (Part("source", "source", settings), Part("m", "machine", {"cycle_s": cycle_s}), Part("sink", "sink"))
    return run(chain(*parts, products=products), horizon_s=horizon_s, worlds=worlds)


def test_items_come_after_each_interval():
    assert sent({"interval_s": 10.0, "mix": ["a"]}).finished.tolist() == [[9, 0]]


def test_an_order_of_products_repeats():
    assert sent({"interval_s": 10.0, "mix": ["a", "a", "b"]}).finished.tolist() == [[6, 3]]


def test_a_batch_comes_at_once():
    assert sent({"interval_s": 30.0, "batch_count": 4}).finished.sum() == 12


def test_arrivals_are_lost_where_the_last_one_still_waits():
    # One every 10 s, a machine that takes 25 s: it takes those of 10, 40, 70 (30 and 60 wait), the others are lost.
    found = sent({"interval_s": 10.0, "when_full": "lose"}, cycle_s=25.0)
    assert found.lost.sum() > 0
    assert found.lost.sum() + found.created.sum() in (8, 9)


def test_a_schedule_is_kept_and_late_batches_follow():
    found = sent({"schedule": [[0.0, "b", 2], [50.0, "a", 1], [60.0, "b", 3]]}, cycle_s=5.0)
    assert found.finished.tolist() == [[1, 5]]
    assert np.isfinite(found.lead_s).sum() == 6


def test_shares_are_drawn():
    found = sent({"interval_s": 1.0, "mix": {"a": 0.25, "b": 0.75}}, horizon_s=4000.0, worlds=4)
    share = found.finished[:, 0].sum() / found.finished.sum()
    assert abs(share - 0.25) < 4 * np.sqrt(0.25 * 0.75 / found.finished.sum())


def test_a_campaign_makes_one_product_in_a_row():
    assert sent({"interval_s": 10.0, "mix": ["a", "b"], "campaign_count": 4}).finished.tolist() == [[5, 4]]


def test_campaigns_need_an_order():
    with pytest.raises(PlantRefused, match="campaigns of a mix that is drawn"):
        sent({"mix": {"a": 0.5, "b": 0.5}, "campaign_count": 4})
