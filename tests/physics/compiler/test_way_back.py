"""Walks forth and back share how they begin and end; what they compute is tested with `gradient`."""

import pytest

from physics.compiler import way_back
from physics.compiler.lanes import FLOAT64
from physics.compiler.methods import METHODS
from physics.compiler.sweep import snippet
from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from tests.physics.parts import TYPES


@pytest.mark.parametrize("method", [METHODS["rk4"], None])
def test_every_walk_begins_and_ends_once(method):
    system = compile_plant(Plant((Part("d", "decay"),)), ["d.level_ratio"], types=TYPES).islands[0].system
    text = snippet(system, (0,), method, FLOAT64)
    assert text.count(way_back.BEGIN) == text.count(way_back.END) == text.count("S::seen(") == 1
    assert text.index(way_back.BEGIN) < text.index("S::seen(") < text.index(way_back.END)
    for placeholder in ("READ", "TELL(", "SEEN_FLUSH", "POINT", "KAPPA", "FORTH"):
        assert placeholder not in text
