"""Which islands may run one code."""

from dataclasses import replace

import pytest

from physics.compiler.sampling import sampled_jacobians
from physics.compiler.sharing import share, suits
from physics.compiler.system import System, Unknown
from physics.compiler.tape import Dual, Tape


@pytest.fixture
def shape():
    """0 = p z0 + z1, 0 = z0 + z1: singular at p = 1, and p is the first pivot while it is large."""
    tape = Tape()
    z0, z1 = Dual("z0", {0: "1.0"}), Dual("z1", {1: "1.0"})
    rows = (tape.total([tape.product(Dual("p0"), z0), z1]), tape.total([z0, z1]))
    unknowns = (Unknown("a", False, 1.0, 1.0), Unknown("b", False, 1.0, 1.0))
    return System(tape, unknowns, rows, (), ("p",), (4.0,), (), ())


def chosen(shape, *values):
    systems = [replace(shape, parameter_defaults=(value,), representative=shape) for value in values]
    return share(systems, list(sampled_jacobians(systems)))


def test_islands_whose_pivots_stay_large_run_their_shapes_code(shape):
    assert [system.representative for system in chosen(shape, 4.0, 2.0, 100.0)] == [shape] * 3


@pytest.mark.parametrize("value", [1e-4, 0.0, -4.0])
def test_small_pivots_and_turned_signs_need_code_of_their_own(shape, value):
    first, other, again = chosen(shape, value, 4.0, value)
    assert first.representative is None
    assert other.representative is shape
    assert again.representative is first


def test_a_shape_that_is_singular_at_its_defaults_lends_nothing(shape):
    singular = replace(shape, parameter_defaults=(1.0,))
    first, second = chosen(singular, 4.0, 5.0)
    assert first.representative is None
    assert second.representative is first


def test_code_does_not_suit_an_island_that_has_no_finite_slope(shape):
    nothing, own = sampled_jacobians([replace(shape, parameter_defaults=(p,)) for p in (float("inf"), 4.0)])
    assert suits(shape, [nothing, own]) == [False, True]


def test_batches_change_nothing(shape, monkeypatch):
    values = (4.0, 1e-4, 2.0, 1e-4, 100.0)
    together = [system.representative is shape for system in chosen(shape, *values)]
    monkeypatch.setattr("physics.compiler.sharing.BATCH_NUMBERS", 1)
    assert [system.representative is shape for system in chosen(shape, *values)] == together
    assert together == [True, False, True, False, True]
