"""A line whose times are constant, so that every second of every part is known beforehand."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.energy import drawn, electrical_j
from physics.flow.layout import Layout, Part
from physics.flow.simulate import simulate

HOUR_S = 3600.0
POWERS = {"working_w": 1000.0, "idle_w": 100.0, "standing_w": 10.0}


def run(*parts, links, worlds=2):
    line = compile_line(Layout(parts, links))
    return simulate(line, horizon_s=10 * HOUR_S, warm_s=HOUR_S, worlds=worlds, seed=3)


def steady(**settings):
    """An item every 10 s, worked on for 6 s."""
    parts = (
        Part("source", "source", {"interval_s": 10.0}),
        Part("machine", "machine", {"cycle_s": 6.0, **settings}),
        Part("sink", "sink"),
    )
    return run(*parts, links=(("source.out", "machine.in"), ("machine.out", "sink.in")))


def test_energy_per_item_is_work_and_waiting_of_one_interval():
    found = steady(**POWERS)
    per_item = electrical_j(found)["machine"] / found.finished.sum(axis=1)
    np.testing.assert_allclose(per_item, 6.0 * 1000.0 + 4.0 * 100.0, rtol=1e-9)


def test_a_part_without_power_is_not_told():
    assert electrical_j(steady()) == {}


def test_parallel_stations_draw_each_for_itself():
    parts = (
        Part("source", "source", {"interval_s": 10.0}),
        Part("pair", "parallel_stations", {"cycle_s": 16.0, "station_count": 2, "working_w": 500.0, "idle_w": 50.0}),
        Part("sink", "sink"),
    )
    found = run(*parts, links=(("source.out", "pair.in"), ("pair.out", "sink.in")))
    # of 2 x 10 s of both stations 16 s are work, whichever of them does it
    per_item = electrical_j(found)["pair"] / found.finished.sum(axis=1)
    np.testing.assert_allclose(per_item, 16.0 * 500.0 + 4.0 * 50.0, rtol=1e-9)


def test_off_shift_a_part_stands():
    parts = (
        Part("shifts", "shift_calendar", {"period_s": HOUR_S, "shifts": [[0, 1], [1800, 0]]}),
        Part("source", "source", {}),
        Part("machine", "machine", {"cycle_s": 6.0, "calendar": "shifts", **POWERS}),
        Part("sink", "sink"),
    )
    found = run(*parts, links=(("source.out", "machine.in"), ("machine.out", "sink.in")))
    # never starved: half of 10 h at work, half standing
    np.testing.assert_allclose(electrical_j(found)["machine"], 5 * HOUR_S * (1000.0 + 10.0), rtol=1e-9)


def test_a_medium_flows_by_the_share_of_time_at_work():
    found = steady()
    # 0.6 of the time at work: 0.002 m³/s then, 0.0005 m³/s else, over 10 h
    np.testing.assert_allclose(drawn(found, "machine", 2e-3, 5e-4), 10 * HOUR_S * (0.6 * 2e-3 + 0.4 * 5e-4), rtol=1e-9)


@pytest.mark.parametrize("kind", ["conveyor", "agv_fleet", "assembly", "inspection", "robot_cell"])
def test_whatever_does_something_may_declare_its_power(kind):
    from physics.flow.catalogue import flow_types

    assert {setting.name for setting in flow_types()[kind].declaration.settings} >= set(POWERS)
