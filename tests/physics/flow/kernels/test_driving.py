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
