"""The large networks: their sizes, and that what flows in is drawn."""

import pytest

from examples.large import network
from physics.simulate.model import compile_plant
from physics.simulate.rollout import Options, rollout

TIGHT = Options(rtol=1e-9, threads=1)


@pytest.mark.parametrize(("shape", "size", "unknowns"), [("row", 30, 30), ("square", 5, 25)])
def test_it_is_one_island_that_gives_what_it_takes(shape, size, unknowns):
    plant, outputs = network.SHAPES[shape](size)
    draws = [f"{part.id}.inlet.mass_flow_kg_per_s" for part in plant.parts if part.type == "orifice"]
    feed = "pipe-0" if shape == "row" else "feed"
    model = compile_plant(plant, [*outputs, f"{feed}.inlet.mass_flow_kg_per_s", *draws])
    assert [len(island.states) for island in model.islands] == [unknowns]
    pressure_pa, taken, *given = rollout(model, inputs=model.inputs[None], sample_s=60.0, options=TIGHT).outputs[
        0, :, 0
    ]
    assert taken == pytest.approx(sum(given), rel=1e-8)
    assert 101_325.0 < pressure_pa < 901_325.0


def test_the_report_tells_what_it_cost():
    lines = list(network.report("row", 12))
    assert lines[0].startswith("12 unknowns, plant to equations: ")
    assert len(lines) == 3
