import numpy as np
import pytest

from residual_models.ensemble import carry_on, cross_fit
from residual_models.networks.tanh_layer import first_weights
from tests.twin import two_blocks
from twin.calibration.islands import alone, with_weights
from twin.services import learning_groups
from twin.services import recalibration_files as files

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
READY = two_blocks.ready()
KNOWN = two_blocks.ready(third=True)
EXPECTED = np.array([0.3, 0.3])
STATE = {"job": "night-1", "plant": "warm-block", "rounds": [3], "members": 2, "seed": 0}


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


def test_a_first_model_is_cross_fitted_island_by_island(context, monkeypatch):
    best = READY.runs.numbers.mean
    ready = learning_groups.Part.of(READY, 1).ready
    own = cross_fit(
        ready.runs, best[[READY.runs.numbers.names.index(name) for name in ready.runs.numbers.names]],
        weights=ready.weights, members=2, own_starts=ready.own, floor=ready.floor, plan=learning_groups.plan(STATE),
    )  # fmt: skip

    def apart():
        return learning_groups.learn_apart(context, STATE, "residual", READY, best, lambda _share, _text: None)

    found = apart()
    rows = [found.numbers.names.index(name) for name in own.numbers.names]
    np.testing.assert_array_equal(found.fit.values[rows], own.fit.values)
    np.testing.assert_array_equal(found.apart.values[rows], own.apart.values)
    np.testing.assert_array_equal(found.apart.spans[:, :2], own.apart.spans[:, :2])
    assert found.fit.sigma[1] == own.fit.sigma[0]
    for whole, record in zip(found.unseen, own.unseen, strict=True):
        np.testing.assert_array_equal(whole[:, 1:], record)
    # the start is looked for anew, which its sensor's noise allows
    for whole, record in zip(found.central, own.central, strict=True):
        np.testing.assert_allclose(whole[:, 1:], record, atol=0.05)
    monkeypatch.setattr(learning_groups, "cross_fit", None)
    np.testing.assert_array_equal(apart().fit.values, found.fit.values)


def test_tags_of_an_island_that_learns_nothing_err_as_the_free_run_does(context):
    """The third block is known exactly: nobody is taught by its sensor, all of its samples are unseen."""
    best = KNOWN.runs.numbers.mean
    found = learning_groups.learn_apart(context, STATE, "residual", KNOWN, best, lambda _share, _text: None)
    tag = KNOWN.assembly.sensor_tags.index("TT-3")
    (unseen,), (central,) = found.unseen, found.central
    np.testing.assert_array_equal(unseen[:, tag], central[:, tag])
    error = unseen[:, tag] - KNOWN.runs.records[0].measured[:, tag]
    assert found.fit.sigma[tag] == pytest.approx(np.sqrt(np.mean(error**2)), rel=0.3)


def test_an_island_that_somebody_holds_is_left_to_them(context):
    task = files.save(context, "night-2", "train-task", {"values": begin(), "expected": EXPECTED}, {})
    state, part = {**STATE, "job": "night-2"}, learning_groups.Part.of(READY, 1)

    def take():
        return learning_groups.take(context, state, "train", part, 1, task, lambda _share, _text: None)

    with learning_groups._held(context, "night-2", "train-island-1") as mine:
        assert mine
        assert take() is None
        assert files.digest_of(context, "night-2", "train-island-1") is None
    assert take()["values"].shape == (len(with_weights(alone(READY, 1)).numbers), 2)
