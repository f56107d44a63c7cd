from dataclasses import replace

import pytest

from tests.twin.spindle import BEARING, FRICTION_W, RPM, TEXT, log_rows
from twin.errors import Cancelled, InvalidInput, NotFound, NotReady
from twin.records.scenario import Change, ChangeKind, Scenario
from twin.services import plants, readings, scenarios
from twin.store.documents import plain

SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def question(*changes, start="nominal", hours=2.0):
    return Scenario("spindle", "test", changes, hours * 3600.0, 8, 0, start, 60.0)


SLOWER = Change(ChangeKind.INPUT, SPEED, factor=0.5)


def test_an_answer_is_kept_and_found_again(spindle):
    saved = scenarios.run(spindle, question(SLOWER))
    assert scenarios.get(spindle, "spindle", saved.id) == saved
    assert [item.id for item in scenarios.listed(spindle, "spindle")] == [saved.id]
    energy = next(row for row in saved.kpis if row["name"] == "friction energy")
    # P = (τ_c + b ω) ω: from 10 W to 3.75 W over two hours; the first seconds start up.
    assert energy["difference"]["mean"] == pytest.approx((3.75 - FRICTION_W) * 7200.0, rel=1e-2)
    with pytest.raises(NotFound):
        scenarios.get(spindle, "spindle", "outcome-none")


def test_now_starts_from_the_log_and_replays_after_more_has_come(spindle):
    rows = log_rows(240)
    readings.write(spindle, "spindle", rows[:300])
    saved = scenarios.run(spindle, question(SLOWER, start="now"))
    readings.write(spindle, "spindle", rows[300:])
    replayed = scenarios.replay(spindle, "spindle", saved.id)
    assert replayed["identical"], replayed
    assert replayed["differences"] == []
    assert scenarios.run(spindle, question(SLOWER, start="now")).provenance["digest"] != saved.provenance["digest"]


def test_now_without_a_log_says_what_to_do(spindle):
    with pytest.raises(NotReady, match="Ingest a log first"):
        scenarios.run(spindle, question(SLOWER, start="now"))


def test_bad_questions_are_refused_before_they_wait(spindle):
    for bad in (
        question(Change(ChangeKind.INPUT, "nothing.here", value=1.0)),
        question(SLOWER, start="yesterday"),
        question(SLOWER, start="2026-03-02T00:00:00"),
        question(SLOWER, hours=-1.0),
    ):
        with pytest.raises(InvalidInput):
            scenarios.check(spindle, bad)
    scenarios.check(spindle, question(SLOWER))


def test_a_question_that_no_memory_holds_is_refused_before_it_waits(spindle):
    with pytest.raises(InvalidInput, match=r"worlds: got [\d,]+ bytes for 121 samples x 900000 worlds, need at most"):
        scenarios.check(spindle, replace(question(SLOWER), worlds=900_000))


def test_words_become_changes(spindle):
    assert scenarios.worded(spindle, "spindle", "SC-1", value=RPM / 2).value == pytest.approx(50.0)
    assert scenarios.worded(spindle, "spindle", f"{BEARING}.cooling_w_per_k", factor=2.0).kind is ChangeKind.PARAMETER
    assert any(item.target == SPEED for item in scenarios.targets(spindle, "spindle"))


def test_the_job_keeps_its_answer_under_its_own_id_and_replays(spindle):
    state = {"job": "whatif-1", "plant": "spindle", "scenario": plain(question(SLOWER))}
    ((_name, step),) = scenarios.STEPS
    first = step(spindle, state, lambda share, text: None)["result"]
    again = step(spindle, state, lambda share, text: None)["result"]
    assert first["outcome"] == again["outcome"] == "whatif-1"
    assert len(scenarios.listed(spindle, "spindle")) == 1
    job = {"job": "whatif-2", "plant": "spindle", "replay": "whatif-1"}
    assert step(spindle, job, lambda share, text: None)["result"]["identical"]


def test_a_cancelled_question_leaves_nothing(spindle):
    def stop(share, text):
        if share > 0.3:
            raise Cancelled("enough")

    with pytest.raises(Cancelled):
        scenarios.run(spindle, question(SLOWER), progress=stop)
    assert scenarios.listed(spindle, "spindle") == ()
