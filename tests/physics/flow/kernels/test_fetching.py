"""Trips by hand: one vehicle, then two, between a machine and a sink."""

import numpy as np
import pytest

from physics.flow.kernels import tables
from physics.flow.layout import Part
from physics.flow.simulate import Method
from tests.physics.flow.lines import chain, run


@pytest.mark.parametrize(("vehicles", "sunk"), [(1, 1), (2, 2)])
def test_a_vehicle_loads_carries_and_comes_back(vehicles, sunk):
    """Items are ready at 11 and 22. A trip takes 2 + 30 + 3 s from the pickup, and 30 s back to it."""
    fleet = {"ways": [["a", "b", 30.0]], "home": "a", "vehicle_count": vehicles, "load_s": 2.0, "unload_s": 3.0}
    route = {"fleet": "cars", "pickup": "a", "drop": "b", "capacity_count": 2}
    line = chain(Part("source", "source"), Part("m", "machine", {"cycle_s": 11.0}), Part("way", "agv_route", route),
                 Part("sink", "sink"), beside=(Part("cars", "agv_fleet", fleet),))  # fmt: skip
    found = run(line, horizon_s=60.0, events=False)
    assert found.method is Method.RECURSION
    assert found.sunk[:, found.line.places_of("sink")[0]].tolist() == [sunk] * 4
    first = found.state_s[:, found.line.places_of("cars")[0]]
    # the first one has its item at 11, is at the drop until 46 and goes back for the next one that waits
    np.testing.assert_allclose(first[:, tables.STARVED], 11.0)
    np.testing.assert_allclose(first[:, tables.BUSY], 35.0)
    np.testing.assert_allclose(first[:, tables.SETUP], 14.0)
