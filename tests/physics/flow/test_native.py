"""The C text does what Warp's own compiling of the same functions does, and refuses what it does not know."""

import types

import numpy as np
import pytest
import warp as wp

from physics.flow import native
from physics.flow.batch import Batch
from physics.flow.compile import compile_line
from physics.flow.kernels import clocks, draws, engine, present
from physics.flow.kernels.present import WORLDS
from physics.flow.kernels.tables import LINE
from tests.physics.flow.lines import broken_line


def test_tables_become_members():
    text = "\n".join(native.Translator(clocks).functions())
    assert "FN int clocks_pop() {" in text
    assert "s_world[0]" in text
    assert "s[0]" not in text


def test_functions_written_in_c_stay_so():
    assert not any("draws_high_half(unsigned" in text for text in native.Translator(draws).functions())


def test_what_is_not_known_is_named():
    module = types.ModuleType("physics.flow.kernels.odd")
    module.odd = wp.Function(_odd, "odd", "physics.flow.kernels.odd")
    module.odd.func.__module__ = module.__name__
    with pytest.raises(native.NotUnderstood, match="need what the other kernels use"):
        list(native.Translator(module).functions())


def _odd(t: int) -> int:
    return [1, 2]


@wp.kernel(enable_backward=False, module="unique")
def by_warp(t: LINE, s: WORLDS, until_s: wp.float64, most_events: int):
    engine.run(t, s, wp.tid(), until_s, most_events)


@pytest.mark.slow
def test_warp_compiles_the_same_functions_to_the_same_numbers():
    line = compile_line(broken_line(4, 3))
    ours, warps = Batch(line, 5, 3, leads=300), Batch(line, 5, 3, leads=300)
    ours.begin(0, 3)
    ours.run(20_000.0, 1 << 30)
    warps.begin(0, 3)
    now = wp.array([warps.now], dtype=present.Worlds, device="cpu")
    wp.launch(by_warp, dim=3, inputs=[warps.tables, now, wp.float64(20_000.0), 1 << 30], device="cpu")
    np.testing.assert_allclose(ours.read("leads"), warps.read("leads"), rtol=1e-12)
    np.testing.assert_array_equal(ours.read("finished"), warps.read("finished"))
