"""Expected values: counted by hand."""

import pytest

from physics.flow.layout import Part
from tests.physics.flow.lines import chain, run


def test_a_buffer_fills_behind_a_fast_machine():
    parts = (Part("source", "source"), Part("fast", "machine", {"cycle_s": 1.0}),
             Part("b", "buffer", {"capacity_count": 5}), Part("slow", "machine", {"cycle_s": 10.0}),
             Part("sink", "sink"))  # fmt: skip
    found = run(chain(*parts), horizon_s=1000.0, warm_s=100.0, worlds=1)
    # always full but for no time at all: an item comes in as one goes out
    assert found.content_s[0, found.line.places_of("b")[0]] == pytest.approx(5000.0)
    assert found.finished[0, 0] == 100
