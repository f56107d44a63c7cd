"""Which lines the recursion takes, and the reason told for those that it does not."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from physics.flow.compile import compile_line
from physics.flow.layout import Part, Product
from physics.flow.simulate import Method, Options, Status, simulate
from tests.physics.flow import twins
from tests.physics.flow.lines import broken_line, chain, exponential, machines
from tests.physics.flow.recursive_lines import recursive_line

SOURCE, SINK = Part("source", "source"), Part("sink", "sink")
STOP = {"machine": "m0", "crew": "crew"}
EXACT = (
    "status",
    "stopped_at",
    "finished",
    "lead_s",
    "lead_sum_s",
    "done",
    "stops",
    "created",
    "binned",
    "items",
    "sunk",
)
SUMS = ("state_s", "item_s", "content_s", "ideal_s", "pool_s")


def test_a_series_is_packed_in_order():
    found = compile_line(broken_line(3, 4)).recursion
    assert found.holds
    assert found.arrays["gates"]["slots"].tolist() == [0, 4, 4]
    assert (found.arrays["stages"]["between"] >= 0).tolist() == [True, True, True, False]


@pytest.mark.parametrize("layout", [twins.crew_layout(), twins.rework_layout(), twins.vehicle_layout()])
def test_crews_rework_and_vehicles_are_taken(layout):
    assert compile_line(layout).recursion.holds


@pytest.mark.parametrize(
    ("layout", "why"),
    [
        (machines(2, settings={"scrap_ratio": 0.1}), "m0: scrap"),
        (machines(2, beside=(Part("crew", "repair_crew"), Part("d", "breakdown", STOP | {"crew_count": 1}),
                             Part("e", "breakdown", STOP))), "m0: several breakdowns"),
        (machines(2, beside=(Part("crew", "repair_crew", {"crew_count": 2}),
                             Part("d", "breakdown", STOP | {"crew_count": 2}))), "several people"),
        (chain(SOURCE, Part("c", "conveyor"), SINK), "c: a conveyor"),
        (chain(SOURCE, Part("p", "parallel_stations"), SINK), "splitter"),
        (chain(SOURCE, Part("m", "machine"), SINK, products=(Product("a"), Product("b"))), "2 products"),
        (chain(SOURCE, Part("m", "machine"), Part("b", "buffer"), SINK), "b: a buffer with no machine"),
        (chain(SOURCE, Part("m", "machine"), Part("a", "buffer"), Part("b", "buffer"), Part("n", "machine"), SINK),
         "a: a buffer with no machine"),
        (chain(Part("source", "source", {"interval_s": 9.0, "when_full": "lose"}), Part("m", "machine"), SINK),
         "source: a schedule, batches, or items that are lost"),
        (machines(1, beside=(Part("d", "breakdown", {"machine": "m0", "counts": "calendar_time"}),)),
         "m0: stops that do not count working time"),
    ],
)  # fmt: skip
def test_the_reason_is_told_where_it_does_not_hold(layout, why):
    assert why in compile_line(layout).recursion.why


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 1_000_000), st.sampled_from([0.0, 50.0]))
def test_any_line_that_it_takes_goes_as_by_events(seed, warm_s):
    """Lines with crews, rework, merges and vehicles in any order; the events carry worlds where times fall together."""
    line = compile_line(recursive_line(seed))
    assert line.recursion.holds
    options = {"bin_count": 5, "threads": 1, "most_events": 300_000}
    events, items = (
        simulate(line, horizon_s=300.0, warm_s=warm_s, worlds=9, seed=seed, options=Options(method=method, **options))
        for method in (Method.EVENTS, Method.RECURSION)
    )
    for same in EXACT:
        np.testing.assert_array_equal(getattr(items, same), getattr(events, same), err_msg=same)
    for near in SUMS:
        np.testing.assert_allclose(getattr(items, near), getattr(events, near), rtol=1e-10, atol=1e-7, err_msg=near)


def test_items_that_wait_for_themselves_are_named_as_by_events():
    """Rework comes back into a full buffer: the machine waits for the inspection, that for the buffer, that for it."""
    layout = twins.rework_layout()
    parts = [Part(p.name, p.type, p.settings | {"b": {"capacity_count": 1}, "source": {"interval_s": exponential(9.0)}}
                  .get(p.name, {})) for p in layout.parts]  # fmt: skip
    found = simulate(compile_line(type(layout)(tuple(parts), layout.links)), horizon_s=3000.0, worlds=9, seed=2)
    assert found.method is Method.RECURSION
    assert set(found.status) == {Status.DEADLOCK}
