from datetime import timedelta

import pytest

from tests.twin.spindle import TEXT, log_rows
from twin.prediction.remembered import Remembered
from twin.services import answers, beforehand, plants, present, readings
from twin.services.basis import stand_on
from twin.services.beforehand import LATELY_US, Beforehand

SCENARIO = {"start": "now", "worlds": 8, "seed": 3}


@pytest.fixture
def spindle(context, monkeypatch):
    monkeypatch.setattr(present, "_kept", Remembered(present.KEPT))
    plants.create(context, TEXT, author="ada", reason="first")
    readings.write(context, "spindle", log_rows(300)[:400])
    return context


def ask(context, **changed):
    answers.keep(context, "spindle", beforehand.KIND, {"scenario": SCENARIO | changed}, {})


def test_a_plant_that_was_asked_about_is_followed_once_for_each_end_of_its_log(spindle, monkeypatch):
    idle = Beforehand(spindle)
    assert idle.turn() == []
    ask(spindle)
    assert idle.turn() == ["spindle"]
    assert idle.turn() == []
    worked = []
    follow = present.follow
    monkeypatch.setattr(present, "_settled", lambda *given: pytest.fail("it was settled before"))
    monkeypatch.setattr(
        present, "follow", lambda *given, **more: worked.append(more["begin"]) or follow(*given, **more)
    )
    basis = stand_on(spindle, "spindle")
    found = present.at(spindle, "spindle", basis, count=8, seed=99)  # of any seed
    assert worked[0].chunk == len(found.followed.innovations)  # there was nothing left to follow
    readings.write(spindle, "spindle", log_rows(300)[400:420])
    assert idle.turn() == ["spindle"]


def test_nobody_is_followed_who_was_not_asked_about_lately_or_not_now(spindle):
    ask(spindle, start="nominal")
    assert Beforehand(spindle).turn() == []
    ask(spindle)
    late = type(spindle)(
        spindle.settings, spindle.sessions, lambda: spindle.clock() + timedelta(microseconds=LATELY_US + 1)
    )
    assert Beforehand(late).turn() == []


def test_work_comes_first_and_what_was_followed_stays(spindle, monkeypatch):
    ask(spindle)
    looked = []
    monkeypatch.setattr(
        beforehand.jobs, "unfinished", lambda _: looked.append(1) or (["work"] if len(looked) > 30 else [])
    )
    idle = Beforehand(spindle)
    assert idle.turn() == []
    (trail,) = present._kept._found.values()
    reached = max(point.chunk for point in trail.points.values())
    assert reached >= 1
    monkeypatch.setattr(beforehand.jobs, "unfinished", lambda _: [])
    assert idle.turn() == ["spindle"]
