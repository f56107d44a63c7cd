"""The recursion gives the numbers that the events give: item for item to the last bit."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.kernels.ahead import LANES
from physics.flow.layout import Part
from physics.flow.simulate import Method, simulate
from tests.physics.flow.lines import broken_line, chain, exponential, machines, run

LINES = {
    "no buffers": machines(4, settings={"cycle_s": exponential(1.0)}),
    "buffers": machines(3, 2, settings={"cycle_s": exponential(1.0)}),
    "breakdowns": broken_line(4, 3, 0.5, 1.5),
    "arrivals": chain(
        Part("source", "source", {"interval_s": exponential(1.2)}), Part("b", "buffer", {"capacity_count": 2}),
        Part("m", "machine", {"cycle_s": exponential(1.0)}), Part("sink", "sink"),
    ),
}  # fmt: skip
KINDS = {
    "constant": 9.0,
    "uniform": {"uniform": {"low_s": 5.0, "high_s": 15.0}},
    "normal": {"normal": {"mean_s": 9.0, "sd_s": 4.0}},
    "lognormal": {"lognormal": {"mean_s": 9.0, "sd_s": 4.0}},
    "weibull": {"weibull": {"mean_s": 9.0, "shape": 1.7}},
    "gamma": {"gamma": {"mean_s": 9.0, "shape": 0.6}},
    "triangular": {"triangular": {"low_s": 2.0, "mode_s": 5.0, "high_s": 20.0}},
    "empirical": {"empirical": {"values_s": [4.0, 9.0, 25.0]}},
}


@pytest.mark.parametrize("warm_s", [0.0, 100.0])
@pytest.mark.parametrize("name", LINES)
def test_the_recursion_is_the_run_by_events(name, warm_s):
    events, items = (
        run(LINES[name], horizon_s=3000.0, worlds=5, warm_s=warm_s, events=events, bin_count=7)
        for events in (True, False)
    )
    assert items.method is Method.RECURSION
    for same in ("finished", "lead_s", "lead_sum_s", "done", "stops", "created", "binned", "items"):
        np.testing.assert_array_equal(getattr(events, same), getattr(items, same), err_msg=same)
    # sums of stretches are formed in the same order; a stretch that the warm-up's end cuts may differ in its last digit
    np.testing.assert_allclose(items.state_s, events.state_s, rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(items.item_s, events.item_s, rtol=1e-12)
    np.testing.assert_allclose(items.content_s, events.content_s, rtol=1e-9, atol=1e-6)
    np.testing.assert_allclose(items.ideal_s, events.ideal_s, rtol=1e-12)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_duration_is_drawn_as_the_events_draw_it(kind):
    line = machines(3, 2, broken(3), settings={"cycle_s": KINDS[kind]})
    events, items = (run(line, horizon_s=2000.0, worlds=3, events=events) for events in (True, False))
    np.testing.assert_array_equal(items.lead_s, events.lead_s)
    np.testing.assert_array_equal(items.stops, events.stops)


def broken(count):
    times = {"between_s": exponential(200.0), "repair_s": exponential(60.0)}
    return tuple(Part(f"d{turn}", "breakdown", {"machine": f"m{turn}"} | times) for turn in range(count))


def test_a_world_is_the_same_in_any_group():
    line = compile_line(LINES["breakdowns"])
    many, some = (
        simulate(line, horizon_s=3000.0, worlds=worlds, seed=1, first_world=first)
        for first, worlds in ((0, 3 * LANES + 1), (5, LANES - 2))
    )
    for same in ("finished", "lead_s", "state_s", "item_s", "stops", "events"):
        np.testing.assert_array_equal(getattr(some, same), getattr(many, same)[5 : 3 + LANES], err_msg=same)


def test_a_line_that_takes_no_time_and_one_that_takes_too_long_end():
    assert run(machines(2, settings={"cycle_s": 0.0}), events=False).status.tolist() == [3] * 4
    assert run(LINES["buffers"], events=False, most_events=100).status.tolist() == [4] * 4
