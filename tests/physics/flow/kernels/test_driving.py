"""The nearest free vehicle is called, by hand."""

import pytest

from physics.flow.layout import Layout, Part
from tests.physics.flow.lines import run


def test_the_nearest_vehicle_comes():
    """After one ride each there is a vehicle at either end; each next item finds the one at its own end."""
    fleet = Part(
        "cars",
        "agv_fleet",
        {"ways": [["a", "b", 100.0]], "home": "a", "vehicle_count": 2, "load_s": 0.0, "unload_s": 0.0},
    )
    parts = (Part("s1", "source", {"schedule": [[0.0, "item", 1], [500.0, "item", 1]]}),
             Part("s2", "source", {"schedule": [[300.0, "item", 1]]}),
             Part("there", "agv_route", {"fleet": "cars", "pickup": "a", "drop": "b"}),
             Part("back", "agv_route", {"fleet": "cars", "pickup": "b", "drop": "a"}),
             Part("k1", "sink"), Part("k2", "sink"), fleet)  # fmt: skip
    links = (("s1.out", "there.in"), ("there.out", "k1.in"), ("s2.out", "back.in"), ("back.out", "k2.in"))
    found = run(Layout(parts, links), horizon_s=1000.0, worlds=1)
    assert found.lead_s[0, :3] == pytest.approx([100.0, 100.0, 100.0])


def test_vehicles_that_wait_for_themselves_are_a_deadlock():
    """One vehicle brings an item to a pickup that is full and that nobody but this vehicle empties."""
    fleet = Part("cars", "agv_fleet", {"ways": [["a", "b", 10.0], ["b", "c", 10.0]], "home": "a"})
    parts = (
        Part("source", "source"),
        Part("first", "agv_route", {"fleet": "cars", "pickup": "a", "drop": "b"}),
        Part("second", "agv_route", {"fleet": "cars", "pickup": "b", "drop": "c"}),
        Part("sink", "sink"),
        fleet,
    )
    links = (("source.out", "first.in"), ("first.out", "second.in"), ("second.out", "sink.in"))  # fmt: skip
    found = run(Layout(parts, links), horizon_s=10_000.0, worlds=1)
    assert found.status.tolist() == [1]
    assert "deadlock" in found.trouble()[0]
    assert "at cars" in found.trouble()[0]
