"""Repairs by hand: two machines that share one person, their breakdowns at times that are known."""

import numpy as np

from physics.flow.kernels import tables
from physics.flow.layout import Part
from physics.flow.simulate import Method
from tests.physics.flow.lines import machines, run


def test_who_asks_first_is_repaired_first():
    """m0 stands from 10 to 15. m1, that works from 4 on, has worked 7 s at 11 and waits until 15, then until 21."""
    times = ((10.0, 5.0), (7.0, 6.0))
    stops = (Part(f"d{n}", "breakdown", {"machine": f"m{n}", "between_s": a, "repair_s": b, "crew": "c"})
             for n, (a, b) in enumerate(times))  # fmt: skip
    line = machines(2, 3, (Part("c", "repair_crew"), *stops), settings={"cycle_s": 4.0})
    found = run(line, horizon_s=20.0, events=False)
    assert found.method is Method.RECURSION
    at = [found.line.places_of(name)[0] for name in ("m0", "m1")]
    np.testing.assert_allclose(found.state_s[:, at, tables.DOWN], [[5.0, 5.0]] * 4)
    np.testing.assert_allclose(found.state_s[:, at, tables.WAITING_CREW], [[0.0, 4.0]] * 4)
    np.testing.assert_allclose(found.pool_s, [[10.0]] * 4)
    assert found.stops.tolist() == [[1, 1]] * 4
