"""A plant's surrogate: trained on the engine's worlds, scored on others, kept and found again."""

import pytest

from tests.twin.spindle import RPM, TEXT, log_rows
from twin.errors import NotReady
from twin.services import plants, readings, surrogates

SMALL = surrogates.Order(step_s=120.0, hours=1.0, worlds=48, steps=60)


def moving(minute):
    """Speeds in turn, so that the log has a range."""
    return RPM * (0.6 + 0.4 * (minute // 20 % 2))


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    readings.write(context, "spindle", log_rows(240, speed=moving))
    return context


def test_it_is_scored_on_worlds_it_never_saw_and_kept(spindle):
    told = []
    facts = surrogates.make(spindle, "spindle", SMALL, lambda share, text: told.append(share))
    assert told == sorted(told)
    for place in ("inside", "outside"):
        assert set(facts[place]) == {"latent", "persistence", "ARX"}
        assert len(facts[place]["latent"]["near_by_hour"]) == 1
    assert facts["times_faster"] > 0
    found, kept = surrogates.load(spindle, "spindle")
    assert (found.tags, found.inputs, found.step_s) == (("TT-1",), ("SC-1",), 120.0)
    assert kept["inside"] == facts["inside"]


def test_before_training_the_next_step_is_named(spindle):
    with pytest.raises(NotReady, match="twin surrogate train spindle"):
        surrogates.load(spindle, "spindle")


def test_a_plant_without_a_log_has_nothing_to_vary(context):
    plants.create(context, TEXT, author="ada", reason="first")
    with pytest.raises(NotReady):
        surrogates.make(context, "spindle", SMALL, lambda share, text: None)
