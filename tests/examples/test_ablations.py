"""What the variants change, and that pieces of a record are the record."""

from dataclasses import replace

import numpy as np
import pytest

from examples import ablations
from examples.ablations import Way
from residual_models.dataset import Numbers, Record, free_runs
from tests.twin.spindle import opened

WAY = Way(3, (6, 10), 3)
NONE = Numbers((), *np.zeros((4, 0)))


@pytest.fixture(scope="module")
def runs():
    assembly, model = opened()
    inputs = np.repeat(model.inputs[None], 60, axis=0)
    inputs[30:] *= 0.7
    blank = np.zeros((60, len(assembly.outputs)))
    made = free_runs(model, [Record(inputs, blank, blank == 0, model.start + 0.0)], 60.0, NONE)
    whole = made.simulate(np.zeros((0, 1)))[0][:, :, 0]
    return made.with_starts([model.start]), replace(made, records=(replace(made.records[0], measured=whole),))


def test_one_habit_is_changed_at_a_time():
    asked = {
        "structure": [{"variant": "no rim", "set": {"a.b": 1.0}}],
        "horizon": [10],
        "members": [2],
        "penalty": [3.0],
    }
    found = ablations._variants(asked, WAY)
    assert [what for what, *_rest in found] == ["–", "structure", "horizon", "joint or frozen", "members", "penalty"]
    assert [changed for *_rest, changed, _way in found if changed] == [{"a.b": 1.0}]
    ways = [way for *_rest, way in found]
    assert ways[2:] == [
        replace(WAY, horizon=10), replace(WAY, joint=False), replace(WAY, members=2), replace(WAY, penalty=3.0)
    ]  # fmt: skip
    assert ways[0] == ways[1] == WAY


def test_pieces_of_a_free_run_are_the_free_run(runs):
    _made, whole = runs
    pieces = ablations._cut(whole, 20)
    assert [len(record.inputs) for record in pieces.records] == [20, 20, 20]
    joined = np.concatenate(pieces.simulate(np.zeros((0, 1))))[:, :, 0]
    # The engine steps anew at each beginning: its tolerance of 1e-4 on some 300 K, far inside what a sensor shows.
    np.testing.assert_allclose(joined, whole.records[0].measured, rtol=1e-4)


def test_the_error_is_the_distance_to_what_was_measured(runs):
    _made, whole = runs
    off = replace(whole, records=(replace(whole.records[0], measured=whole.records[0].measured + 0.5),))
    found = ablations._error(off, NONE, NONE, np.zeros((0, 1)), np.ones(1), 5)
    assert found == pytest.approx(0.5, rel=1e-6)
