"""Expected values: the sharp functions that each smooth one tends to, far from the kink, and exact values on it."""

import numpy as np
import pytest
import sympy as sp

from physics.laws import smooth

WIDTH = 1e-3
FAR = np.array([-3.0, -0.4, 0.4, 3.0])


@pytest.mark.parametrize(
    ("smoothed", "sharp"),
    [
        (smooth.absolute, np.abs),
        (smooth.positive_part, lambda x: np.maximum(x, 0)),
        (smooth.sign, np.sign),
        (smooth.signed_root, lambda x: np.sign(x) * np.sqrt(np.abs(x))),
        (smooth.signed_square, lambda x: x * np.abs(x)),
    ],
)
def test_far_from_the_kink_the_sharp_function_returns(smoothed, sharp):
    x = sp.Symbol("x", real=True)
    values = sp.lambdify(x, smoothed(x, WIDTH), "numpy")(FAR)
    np.testing.assert_allclose(values, sharp(FAR), atol=WIDTH)


def test_on_the_kink():
    assert float(smooth.absolute(0.0, WIDTH)) == WIDTH
    assert float(smooth.positive_part(0.0, WIDTH)) == WIDTH / 2
    assert float(smooth.signed_root(0.0, WIDTH)) == 0.0


def test_signed_root_has_the_stated_slope_at_zero():
    x = sp.Symbol("x", real=True)
    slope = sp.diff(smooth.signed_root(x, WIDTH), x).subs(x, 0)
    assert float(slope) == pytest.approx(1 / np.sqrt(WIDTH))


def test_clip_holds_inside_and_leaves_the_middle():
    middle = float(smooth.clip(0.5, 0, 1, WIDTH))
    assert middle == pytest.approx(0.5, abs=WIDTH**2)
    assert float(smooth.clip(7.0, 0, 1, WIDTH)) == pytest.approx(1.0, abs=WIDTH)
    assert float(smooth.clip(-7.0, 0, 1, WIDTH)) == pytest.approx(0.0, abs=WIDTH)


@pytest.mark.parametrize(("x", "outside"), [(0.0, 0.0), (0.4, 0.0), (1.5, 1.0), (-1.5, -1.0)])
def test_beyond_counts_only_what_lies_outside_its_room(x, outside):
    assert float(smooth.beyond(x, 0.5, WIDTH)) == pytest.approx(outside, abs=WIDTH)
    assert float(smooth.beyond(x, 0.0, WIDTH)) == pytest.approx(x, abs=1e-12)


@pytest.mark.parametrize(
    ("x", "share"), [(-1.0, 0.0), (0.0, 0.0), (0.5, 0.103515625), (1.0, 0.5), (2.0, 1.0), (9.0, 1.0)]
)
def test_step_is_exact_outside_its_width(x, share):
    assert float(smooth.step(sp.Float(x), 2.0)) == share
