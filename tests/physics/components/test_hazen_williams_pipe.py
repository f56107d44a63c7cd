"""Expected values: EPANET 2.2's head loss."""

import pytest

from tests.physics.evaluate import evaluate

WEIGHT = 998.2 * 9.80665


def run(head_m, **changes):
    return evaluate("hazen_williams_pipe", {"inlet.pressure_pa": 101_325.0 + head_m * WEIGHT} | changes)


def test_a_main_loses_what_waterworks_expect():
    flow = 0.02
    head = 10.667 * 130.0**-1.852 * 0.15**-4.871 * 100.0 * flow**1.852
    assert run(head)["flow_m3_per_s"] == pytest.approx(flow, rel=3e-3)


def test_a_rise_takes_its_head():
    flat, rising = run(2.0), run(5.0, rise_m=3.0)
    assert rising["flow_m3_per_s"] == pytest.approx(flat["flow_m3_per_s"], rel=1e-9)


def test_crust_costs_flow_in_proportion_to_the_coefficient():
    assert run(2.0, crust_ratio=0.3)["flow_m3_per_s"] == pytest.approx(0.7 * run(2.0)["flow_m3_per_s"], rel=1e-9)


def test_it_crusts_with_age():
    assert run(2.0, ageing_per_s=1e-9)["crust_ratio.rate"] == 1e-9
