import numpy as np
import pytest

from residual_models.ensemble import carry_on
from residual_models.networks.tanh_layer import first_weights
from tests.twin import two_blocks
from twin.calibration.islands import alone, with_weights
from twin.services import learning_groups
from twin.services import recalibration_files as files

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
READY = two_blocks.ready()
EXPECTED = np.array([0.3, 0.3])
STATE = {"job": "night-1", "plant": "warm-block", "rounds": [3]}


def begin():
    """Two members at the priors, with weights of their own."""
    first = np.repeat(READY.runs.numbers.mean[:, None], 2, axis=1)
    return np.concatenate([first, first_weights(READY.weights, 2, 0)])


def learn(context, state=STATE):
    return learning_groups.learn(context, state, "train", READY, begin(), EXPECTED, lambda _share, _text: None)


def test_islands_learn_what_each_learns_alone_and_a_repeat_finds_it(context, monkeypatch):
    found = learn(context)
    names = with_weights(READY).numbers.names
    for island in (0, 1):
        part = alone(READY, island)
        rows = [names.index(name) for name in with_weights(part).numbers.names]
        own = carry_on(
            with_weights(part), begin()[rows], EXPECTED[:1], own_starts=part.own, floor=part.floor,
            plan=learning_groups.plan(STATE),
        )  # fmt: skip
        np.testing.assert_array_equal(found[rows], own.fit.values)
    assert not np.array_equal(found, begin())
    monkeypatch.setattr(learning_groups, "carry_on", None)
    np.testing.assert_array_equal(learn(context), found)


def test_an_island_that_somebody_holds_is_left_to_them(context):
    task = files.save(context, "night-2", "train-task", {"values": begin(), "expected": EXPECTED}, {})
    plan = learning_groups.plan(STATE)

    def take():
        return learning_groups.take(context, "night-2", "train", READY, 1, task, plan, lambda _share, _text: None)

    with learning_groups._held(context, "night-2", "train-island-1") as mine:
        assert mine
        assert take() is None
        assert files.digest_of(context, "night-2", "train-island-1") is None
    assert take().shape == (len(with_weights(alone(READY, 1)).numbers), 2)
