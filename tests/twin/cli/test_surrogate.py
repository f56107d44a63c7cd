import json

import pytest

from tests.twin.services.test_surrogates import moving
from tests.twin.spindle import log_rows
from twin.cli.terminal import open_context
from twin.errors import InvalidInput
from twin.services import answers, readings


@pytest.fixture
def verb(on_spindle):
    """Run one verb in a home that holds the spindle and its log."""
    readings.write(open_context(), "spindle", log_rows(240, speed=moving))
    return on_spindle


def test_from_training_to_a_plan(verb):
    small = ("--worlds", "48", "--steps", "40", "--step", "120", "--hours", "1")
    found = verb("surrogate", "train", "spindle", *small)
    assert "within 2 % of a tag's span" in found.stdout
    assert "times faster than the engine" in found.stdout
    facts = json.loads(verb("surrogate", "show", "spindle", "--json").stdout)
    assert facts["order"]["worlds"] == 48
    planned = verb("surrogate", "plan", "spindle", "--move", "SC-1", "--goal", "below:TT-1=40", "--hours", "2")
    assert "hour 2" in planned.stdout
    assert "than leaving all as it is: cost" in planned.stdout
    kept = answers.newest(open_context(), "spindle", "plan", "none").result
    assert kept is not None
    assert kept["question"]["moves"] == ["SC-1"]


def test_a_goal_that_cannot_be_read_is_refused(verb):
    with pytest.raises(InvalidInput, match="aim:TAG=VALUE with a number"):
        verb("surrogate", "plan", "spindle", "--move", "SC-1", "--goal", "reach:TT-1=warm")
