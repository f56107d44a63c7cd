from dataclasses import replace

import pytest

from tests.twin import warm_block_log
from tests.twin.calibration.test_replay import calibration
from tests.twin.records.test_model_document import VERSION
from tests.twin.spindle import BEARING, TEXT
from twin.errors import NotFound
from twin.services import models, plants
from twin.services.basis import known_tags, stand_on


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def test_before_calibration_the_priors_stand(spindle):
    basis = stand_on(spindle, "spindle")
    assert basis.version is None
    assert basis.version_number == 0
    assert (basis.residual, basis.band) == (None, None)
    assert basis.calibration.names == (f"{BEARING}.wear_per_j",)
    assert basis.worlds(5, 0).count == 5


def test_a_model_in_service_is_stood_on_unless_priors_are_asked_for(context):
    warm_block_log.fill(context, samples=20)
    models.publish(context, replace(VERSION, calibration=calibration(), parent=None), job="job-1")
    served, priors = stand_on(context, "warm-block"), stand_on(context, "warm-block", priors=True)
    assert (served.version_number, priors.version_number) == (1, 0)
    assert stand_on(context, "warm-block", version=1).calibration.as_dict() == calibration().as_dict()
    assert served.band is not None


def test_an_old_revision_can_be_stood_on(spindle):
    head = plants.get(spindle, "spindle")[1]
    plants.update(spindle, "spindle", TEXT.replace("Hall 1", "Hall 2"), etag=head.etag, author="ada", reason="moved")
    assert stand_on(spindle, "spindle").revision == 2
    assert stand_on(spindle, "spindle", revision=1).scene.site.name == "Hall 1"


def test_one_text_is_compiled_once(spindle):
    assert stand_on(spindle, "spindle").model is stand_on(spindle, "spindle").model


def test_tags_are_those_of_the_model(spindle):
    basis = stand_on(spindle, "spindle")
    assert known_tags(basis, None) == ("TT-1",)
    with pytest.raises(NotFound) as caught:
        known_tags(basis, ["TT-9"])
    assert caught.value.known == ["TT-1"]
    with pytest.raises(NotFound):
        stand_on(spindle, "nobody")
