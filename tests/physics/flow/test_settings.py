"""Settings by product, distributions, and names of other parts."""

import pytest

from physics.flow.catalogue import flow_types
from physics.flow.layout import Layout, Part, Product
from physics.flow.settings import read_settings

PRODUCTS = (Product("a"), Product("b"))


def read(settings, type_="machine"):
    faults = []
    part = Part("m", type_, settings)
    values = read_settings(part, flow_types()[type_], Layout((part,), (), PRODUCTS), (), faults)
    return values, [str(fault) for fault in faults]


def test_a_setting_by_product_is_in_their_order():
    values, faults = read({"cycle_s": {"b": 2.0, "a": {"exponential": {"mean_s": 3.0}}}, "scrap_ratio": 0.1})
    assert faults == []
    assert [times.mean_s for times in values.cycle_s] == [3.0, 2.0]
    assert values.scrap_ratio == (0.1, 0.1)


def test_else_stands_for_the_others():
    values, faults = read({"cycle_s": {"a": 1.0, "else": 5.0}})
    assert faults == []
    assert [times.mean_s for times in values.cycle_s] == [1.0, 5.0]


def test_a_product_left_out_is_named():
    assert "nothing for b" in read({"cycle_s": {"a": 1.0}})[1][0]


def test_defaults_are_there():
    values, _ = read({})
    assert values.blocking == "after"
    assert values.operators == ""
    assert values.cycle_s[0].mean_s == 60.0


def test_wrong_values_are_named_with_their_rule():
    faults = read({"blocking": "sideways", "operator_count": 1.5, "operators": "nobody"})[1]
    assert len(faults) == 3
    assert any("one of after, before" in text for text in faults)
    assert any("whole number" in text for text in faults)
    assert any("which is no part" in text for text in faults)


def test_a_bound_without_a_unit_is_told_without_one():
    assert read({"operator_count": 0})[1] == ["m.operator_count: got 0, need a whole number, 1 or more."]


@pytest.mark.parametrize(("type_", "name"), [("breakdown", "between_s"), ("maintenance", "every_s")])
def test_what_comes_back_at_once_without_end_is_refused(type_, name):
    for times in (0.0, {"empirical": {"values_s": [0.0, 0.0]}}):
        assert any(
            f"m.{name}: got" in text and "above 0 s on average" in text for text in read({name: times}, type_)[1]
        )
    assert not any(name in text for text in read({name: {"empirical": {"values_s": [0.0, 9.0]}}}, type_)[1])


def test_a_part_that_must_be_named_is_asked_for():
    assert "d" not in read({}, "breakdown")[0].machine
    assert any("m.machine: got nothing" in text for text in read({}, "breakdown")[1])
