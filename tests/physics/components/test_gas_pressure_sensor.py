"""Expected values: first-order lag by hand; a compressor's receiver seen by a controller."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate


def test_it_follows_with_its_lag_and_takes_no_flow():
    returned = evaluate("gas_pressure_sensor", {"tap.pressure_pa": 7e5, "felt_pa": 5e5, "time_constant_s": 2.0})
    assert returned["felt_pa.rate"] == pytest.approx(1e5)
    assert not [key for key in returned if "flow" in key]


def test_an_offset_of_one_atmosphere_makes_it_a_gauge():
    returned = evaluate("gas_pressure_sensor", {"felt_pa": 7e5, "offset_pa": -101_325.0})
    assert returned["reading_pa"] == pytest.approx(598_675.0, rel=1e-3)


def test_it_reads_a_receiver():
    parts = (Part("tank", "receiver", {}, {"cold_pressure_pa": 8e5}), Part("gauge", "gas_pressure_sensor"))
    model = compile_plant(Plant(parts, (("tank.tap", "gauge.tap"),)), ["gauge.reading_pa"])
    run = rollout(model, inputs=np.repeat(model.inputs[None], 3, axis=0), sample_s=20.0)
    assert run.outputs[-1, 0, 0] == pytest.approx(8e5, rel=1e-4)
