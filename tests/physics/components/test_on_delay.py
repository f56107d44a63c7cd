"""Expected values: pulses of 3 and 8 s behind a delay of 5 s."""

import numpy as np

from physics.network.plant import Part, Plant
from physics.simulate.model import compile_plant
from physics.simulate.rollout import rollout
from tests.physics.evaluate import evaluate


def test_it_counts_only_while_its_input_is_there():
    assert evaluate("on_delay", {"come": 1.0})["since_s.rate"] == 1.0
    assert evaluate("on_delay", {"come": 0.0})["since_s.rate"] == 0.0


def test_short_pulses_leave_no_trace_and_long_ones_come_late():
    parts = (Part("source", "constant"), Part("timer", "on_delay", {"delay_s": 4.5}))
    model = compile_plant(Plant(parts, (("source.out", "timer.a"),)), ["timer.out.value", "timer.since_s"])
    rows = np.zeros((20, len(model.inputs)))
    rows[2:5, 0] = rows[8:16, 0] = 1.0
    found = rollout(model, inputs=rows, sample_s=1.0).outputs[:, :, 0]
    assert np.flatnonzero(found[:, 0]).tolist() == [13, 14, 15]
    assert found[16:, 1].max() == 0.0
