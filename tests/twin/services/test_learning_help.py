import numpy as np
import pytest

from tests.twin import two_blocks
from twin.services import learning_groups, learning_help
from twin.services import recalibration_files as files

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
STATE = {"job": "island-1", "plant": "warm-block", "of": "night-9", "stage": "train", "island": 1}


def step(context, **more):
    """What the job says it did."""
    return learning_help.help_with(context, {**STATE, **more}, lambda _share, _text: None)["result"]


def test_help_for_work_that_is_gone_or_done_does_nothing(context):
    assert step(context) == {"island": 1, "done": False}
    files.save(context, "night-9", learning_groups.task_of("train"), {"values": np.zeros((1, 1))}, {})
    files.save(context, "night-9", learning_groups.result_of("train", 1), {"values": np.zeros((1, 1))}, {})
    assert step(context) == {"island": 1, "done": False}


def test_a_helper_does_the_island_that_the_asking_job_then_finds(context, monkeypatch):
    """The study comes from the window and the plant that the asking job had pinned."""
    two_blocks.create(context)
    ready = two_blocks.ready()
    window = files.save_window(context, "night-9", ready.window)
    offer = {"islands": [0, 1], "window": window, "revision": 1, "champion": None, "maintained": False}
    offer |= {"gate_at": 200, "rounds": [2]}
    first = np.zeros((len(ready.runs.numbers) + len(ready.weights), 2))
    first[: len(ready.runs.numbers)] = ready.runs.numbers.mean[:, None]
    arrays = {"values": first, "expected": np.array([0.3, 0.3])}
    files.save(context, "night-9", learning_groups.task_of("train"), arrays, offer)
    assert step(context) == {"island": 1, "done": True}
    assert files.digest_of(context, "night-9", learning_groups.result_of("train", 1)) is not None
