"""Expected values: the truth table of a latching limit."""

import numpy as np
import pytest

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate

LIMIT = {"limit_ratio": 0.8, "hysteresis_ratio": 0.1}


@pytest.mark.parametrize(
    ("watched", "latching", "acknowledged", "on", "off"),
    [
        (0.9, 0, 0, True, False),
        (0.75, 0, 0, False, False),
        (0.65, 0, 0, False, True),
        (0.65, 1, 0, False, False),
        (0.65, 1, 1, False, True),
        (0.9, 1, 1, True, False),
    ],
)
def test_it_comes_and_goes(watched, latching, acknowledged, on, off):
    at = {"watched.value": watched, "latching_ratio": latching, "acknowledged_ratio": acknowledged}
    found = evaluate("alarm", LIMIT | at)
    assert (found["standing.on"] > 0, found["standing.off"] > 0) == (on, off)


def test_a_low_limit_watches_the_other_side():
    assert evaluate("alarm", LIMIT | {"watched.value": 0.7, "side_ratio": -1.0})["standing.on"] > 0


def test_latching_it_stays_until_somebody_acknowledges():
    parts = (Part("source", "constant"), Part("watch", "alarm", LIMIT | {"latching_ratio": 1.0}))
    model = compile_plant(Plant(parts, (("source.out", "watch.watched"),)), ["watch.standing"])
    rows = np.repeat(model.inputs[None], 6, axis=0)
    rows[:, model.input_names.index("source.level_ratio")] = [0.5, 0.9, 0.9, 0.5, 0.5, 0.5]
    rows[:, model.input_names.index("watch.acknowledged_ratio")] = [0, 0, 1, 0, 1, 0]
    standing = rollout(model, inputs=rows, sample_s=1.0).outputs[:, 0, 0]
    assert standing.tolist() == [0, 1, 1, 1, 0, 0]  # acknowledged while high: it stays
