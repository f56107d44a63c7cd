"""Worlds in chunks and threads, warm-up, bins, and what is refused."""

import numpy as np
import pytest

from physics.flow.compile import compile_line
from physics.flow.layout import Part
from physics.flow.simulate import FlowRefused, Method, Options, simulate
from tests.physics.flow.lines import broken_line, chain, machines, run

LINE = compile_line(broken_line(3, 2))


def go(worlds, first=0, **options):
    return simulate(LINE, horizon_s=20_000.0, worlds=worlds, seed=3, first_world=first, options=Options(**options))


def test_threads_and_chunks_change_no_number():
    one, two = go(150, threads=1), go(150, threads=2)
    np.testing.assert_array_equal(one.lead_s, two.lead_s)
    np.testing.assert_array_equal(one.state_s, two.state_s)


def test_more_worlds_carry_a_run_on():
    np.testing.assert_array_equal(go(10).lead_s[6:], go(4, first=6).lead_s)


def test_another_part_moves_no_stream():
    """A machine more at the end of a line with room changes nothing of the first one's times."""
    longer = run(broken_line(4, 50), horizon_s=5000.0)
    shorter = run(broken_line(3, 50), horizon_s=5000.0)
    first = longer.line.places_of("m0")[0]
    np.testing.assert_array_equal(longer.state_s[:, first], shorter.state_s[:, shorter.line.places_of("m0")[0]])


def test_bins_add_up():
    found = go(5, bin_count=10)
    np.testing.assert_array_equal(found.binned.sum(axis=1), found.finished.sum(axis=1))


def test_a_warm_up_is_forgotten():
    found = run(machines(2, 1, settings={"cycle_s": 10.0}), horizon_s=100.5, warm_s=1005.0, worlds=1)
    assert found.finished[0, 0] == 10
    assert found.state_s[0, 1].sum() == pytest.approx(100.5)


@pytest.mark.parametrize(
    ("asked", "word"),
    [
        ({"horizon_s": 0.0}, "horizon"),
        ({"worlds": 0}, "worlds"),
        ({"options": Options(memory_limit_bytes=10)}, "memory"),
    ],
)
def test_what_cannot_be_run_is_refused(asked, word):
    with pytest.raises(FlowRefused, match=word):
        simulate(LINE, **({"horizon_s": 10.0, "worlds": 1, "seed": 1} | asked))


def test_the_recursion_is_refused_where_it_does_not_hold():
    line = compile_line(chain(Part("source", "source"), Part("c", "conveyor"), Part("sink", "sink")))
    with pytest.raises(FlowRefused, match="c: a conveyor"):
        simulate(line, horizon_s=10.0, worlds=1, seed=1, options=Options(method=Method.RECURSION))


def test_trouble_is_empty_where_all_went_well():
    assert go(2).trouble() == []
