"""Expected values: the times worked out by hand."""

import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run

FLEET = Part("cars", "agv_fleet", {"ways": [["a", "b", 20.0]], "home": "a", "load_s": 0.0, "unload_s": 0.0})


def test_items_wait_at_the_pickup_for_their_vehicle():
    parts = (Part("source", "source", {"schedule": [[0.0, "item", 3]]}),
             Part("way", "agv_route", {"fleet": "cars", "pickup": "a", "drop": "b", "capacity_count": 3}),
             Part("sink", "sink"), FLEET)  # fmt: skip
    found = run(Layout(parts, (("source.out", "way.in"), ("way.out", "sink.in"))), horizon_s=500.0, worlds=1)
    assert found.lead_s[0, :3] == pytest.approx([20.0, 60.0, 100.0])


def test_two_routes_share_a_fleet_by_waiting_time():
    parts = (Part("s1", "source", {"interval_s": 50.0}), Part("s2", "source", {"interval_s": 50.0}),
             Part("there", "agv_route", {"fleet": "cars", "pickup": "a", "drop": "b"}),
             Part("back", "agv_route", {"fleet": "cars", "pickup": "b", "drop": "a"}),
             Part("k1", "sink"), Part("k2", "sink"), FLEET)  # fmt: skip
    links = (("s1.out", "there.in"), ("there.out", "k1.in"), ("s2.out", "back.in"), ("back.out", "k2.in"))
    found = run(Layout(parts, links), horizon_s=1000.0, worlds=1)
    assert found.finished[0, 0] == pytest.approx(38, abs=1)
