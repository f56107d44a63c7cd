"""Which lines the recursion takes: a plain series, and nothing that waits for help."""

import pytest

from physics.flow.compile import compile_line
from physics.flow.layout import Part, Product
from tests.physics.flow.lines import broken_line, chain, machines

SOURCE, SINK = Part("source", "source"), Part("sink", "sink")
CREW = (Part("crew", "repair_crew"), Part("d", "breakdown", {"machine": "m0", "crew": "crew"}))


def test_a_series_is_recognised():
    series = compile_line(broken_line(3, 4)).series
    assert series.stages["slots"].tolist() == [0, 4, 4]
    assert series.history == 8
    assert (series.stages["between"] >= 0).all()


def test_buffers_in_a_row_are_left_to_the_events():
    parts = (SOURCE, Part("m", "machine"), Part("a", "buffer", {"capacity_count": 2}),
             Part("b", "buffer", {"capacity_count": 3}), Part("n", "machine"), SINK)  # fmt: skip
    assert compile_line(chain(*parts)).series is None


@pytest.mark.parametrize(
    "layout",
    [
        machines(2, beside=CREW),
        machines(2, settings={"scrap_ratio": 0.1}),
        chain(SOURCE, Part("c", "conveyor"), SINK),
        chain(SOURCE, Part("p", "parallel_stations"), SINK),
        chain(SOURCE, Part("m", "machine"), SINK, products=(Product("a"), Product("b"))),
        chain(SOURCE, Part("m", "machine"), Part("b", "buffer"), SINK),
        chain(Part("source", "source", {"interval_s": 9.0, "when_full": "lose"}), Part("m", "machine"), SINK),
        machines(1, beside=(Part("d", "breakdown", {"machine": "m0", "counts": "calendar_time"}),)),
    ],
)
def test_anything_more_is_left_to_the_events(layout):
    assert compile_line(layout).series is None
