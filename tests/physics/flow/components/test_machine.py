"""Expected values: counted by hand, and the binomial law."""

import numpy as np
import pytest

from physics.flow.layout import Part, Product
from tests.physics.flow.lines import chain, machines, run, shares


def test_a_machine_makes_one_item_per_cycle():
    found = run(machines(1, settings={"cycle_s": 7.0}), horizon_s=70.5)
    assert (found.finished == 10).all()
    assert shares(found, "m0")["busy"] == pytest.approx(1.0)


def test_setup_comes_before_another_product_only():
    products = (Product("a"), Product("b"))
    source = Part("source", "source", {"mix": ["a", "a", "b"]})
    machine = Part("m", "machine", {"cycle_s": {"a": 1.0, "b": 2.0}, "setup_s": {"a": 10.0, "b": 20.0}})
    found = run(chain(source, machine, Part("sink", "sink"), products=products), horizon_s=340.5, worlds=1)
    # a round is 1 + 1 + 20 + 2 + 10 = 34 s, ten of them but for the setup before the very first item
    assert found.finished.tolist() == [[20, 10]]
    assert shares(found, "m")["setup"] == pytest.approx(300.0 / 340.5, abs=0.01)


def test_scrap_is_binomial_and_leaves_the_line():
    found = run(machines(1, settings={"cycle_s": 1.0, "scrap_ratio": 0.2}), horizon_s=5000.5, worlds=4)
    scrapped = found.scrapped.sum()
    assert abs(scrapped / 20_000 - 0.2) < 4 * np.sqrt(0.2 * 0.8 / 20_000)
    assert scrapped + found.finished.sum() == 20_000


def test_blocking_before_service_leaves_the_item_where_it_was():
    beside = {"blocking": "before", "cycle_s": 1.0}
    parts = (Part("source", "source"), Part("fast", "machine", beside), Part("b", "buffer", {"capacity_count": 1}),
             Part("slow", "machine", {"cycle_s": 4.0}), Part("sink", "sink"))  # fmt: skip
    before = run(chain(*parts), horizon_s=400.0, worlds=1)
    after = run(chain(parts[0], Part("fast", "machine", {"cycle_s": 1.0}), *parts[2:]), horizon_s=400.0, worlds=1)
    assert before.finished.sum() == after.finished.sum()
    # before service nothing waits on the fast machine: one item in the buffer, one in the slow machine, one in work
    assert before.item_s[0] / 400.0 < after.item_s[0] / 400.0 - 0.7
    assert shares(before, "fast")["blocked"] == pytest.approx(shares(after, "fast")["blocked"], abs=0.01)
