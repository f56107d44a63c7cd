"""Expected values: the times worked out by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, run, shares

WAYS = [["in", "mid", 10.0], ["mid", "out", 20.0], ["mid", "dock", 5.0]]


def carried(waiting=1, **fleet):
    settings = {"ways": WAYS, "home": "in", "load_s": 5.0, "unload_s": 5.0} | fleet
    route = {"fleet": "cars", "pickup": "in", "drop": "out", "capacity_count": waiting}
    parts = (Part("source", "source"), Part("way", "agv_route", route), Part("sink", "sink"))
    return run(chain(*parts, beside=(Part("cars", "agv_fleet", settings),)), horizon_s=7000.5, worlds=1)


def test_one_vehicle_goes_there_and_back():
    # load 5, drive 30, unload 5, come back 30
    found = carried()
    assert found.finished[0, 0] == 101 - 1
    assert shares(found, "cars")["setup"] == pytest.approx(30 / 70, abs=0.01)


def test_three_vehicles_carry_three_times_as_much():
    assert carried(3, vehicle_count=3).finished[0, 0] == pytest.approx(300, abs=3)


def test_faster_vehicles_drive_less_long():
    assert carried(speed_m_per_s=2.0).finished[0, 0] == pytest.approx(7000 / 40, abs=1)


def test_a_vehicle_charges_before_it_runs_out():
    # after two rounds 70 m + the way to the dock are gone: 120 - 30 - 60 = 30 m are below half, it charges
    found = carried(charger="dock", range_m=120.0, low_ratio=0.5, charge_s=240.0)
    share = shares(found, "cars")
    assert share["maintained"] > 0.3
    assert (found.status == 0).all()
    assert found.finished[0, 0] < 60
