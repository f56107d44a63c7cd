from dataclasses import replace

import numpy as np
import pytest

from tests.twin import warm_block
from tests.twin.records.test_model_document import VERSION
from twin.errors import NotFound, NotReady
from twin.records.model import ModelStatus, Residual
from twin.services import models, plants

RESIDUAL = Residual(("w1", "w2"), np.arange(4.0).reshape(2, 2), ("a",), np.ones((2, 1)), {"t": 0.1})


@pytest.fixture
def plant(context):
    plants.create(context, warm_block.TEXT, author="test", reason="")
    return "warm-block"


def published(context, job, status=ModelStatus.CHAMPION, residual=RESIDUAL):
    return models.publish(context, replace(VERSION, status=status, residual=residual, parent=None), job=job)


def test_a_published_model_comes_back_with_its_weights(context, plant):
    published(context, "job-1")
    found = models.champion(context, plant)
    assert (found.version, found.status) == (1, ModelStatus.CHAMPION)
    np.testing.assert_array_equal(found.residual.weights, RESIDUAL.weights)
    assert found.residual.names == RESIDUAL.names
    assert (context.home / found.residual.folder / "model.safetensors").is_file()


def test_a_new_champion_retires_the_old_one_and_a_rejected_one_does_not(context, plant):
    published(context, "job-1")
    published(context, "job-2", ModelStatus.REJECTED, residual=None)
    published(context, "job-3")
    status = {item.version: item.status.value for item in models.list_models(context, plant)}
    assert status == {1: "retired", 2: "rejected", 3: "champion"}
    assert models.get(context, plant, 2).residual is None


def test_a_repeated_publish_of_one_job_changes_nothing(context, plant):
    first, again = published(context, "job-1"), published(context, "job-1")
    assert (first.version, again.version) == (1, 1)
    assert len(models.list_models(context, plant)) == 1


def test_a_damaged_file_is_named_and_never_used(context, plant):
    found = published(context, "job-1")
    (context.home / found.residual.folder / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(NotReady, match=r"model\.safetensors"):
        models.champion(context, plant)


def test_missing_things_are_told_apart(context, plant):
    with pytest.raises(NotReady, match="twin recalibrate"):
        models.champion(context, plant)
    assert models.champion_or_none(context, plant) is None
    with pytest.raises(NotFound):
        models.get(context, plant, 7)
    with pytest.raises(NotFound):
        models.list_models(context, "no-such-plant")
