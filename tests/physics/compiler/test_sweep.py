"""The text that carries a group forth and back; what it computes is tested with `gradient`."""

from dataclasses import replace

import pytest

from physics.compiler.lanes import FLOAT32, FLOAT64
from physics.compiler.methods import METHODS
from physics.compiler.sweep import TRAIL_BYTES, snippet
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.physics.compiler.test_perceptron import SHAPE, model
from tests.physics.parts import TYPES


@pytest.mark.parametrize(("real", "size"), [(FLOAT64, 8), (FLOAT32, 4)])
def test_the_trail_stays_inside_its_share_of_the_cache(real, size):
    system = model().islands[0].system
    values = system.outputs[: SHAPE.sizes[-1]]  # the rest are slopes, which have no way back
    text = snippet(replace(system, outputs=values), (), METHODS["rk4"], real)
    trails = int(text.split("#define TRAILS ")[1].split("\n")[0])
    assert f"#define TRAIL {SHAPE.trail}\n" in text
    assert trails * SHAPE.trail * real.lanes * size <= TRAIL_BYTES < (trails + 1) * SHAPE.trail * real.lanes * size


def test_slopes_that_nobody_asks_for_are_not_computed():
    system = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES).islands[0].system
    none, one = (snippet(system, free, METHODS["rk4"], FLOAT64) for free in ((), (0,)))
    assert "#define FREE 0\n" in none
    assert "#define FREE 1\n" in one
    assert len(none) < len(one)
