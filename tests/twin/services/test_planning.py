"""Plans are found by the surrogate and believed only after the engine ran them."""

from dataclasses import replace

import numpy as np
import pytest

from residual_models.world.planning import Goal
from tests.twin.services.test_surrogates import moving
from tests.twin.spindle import AMBIENT_K, COOLING_W_PER_K, DRY_N_M, RPM, TEXT, VISCOUS_N_M_S, log_rows
from twin.errors import InvalidInput, NotReady
from twin.services import answers, dispatch, orders, plants, readings, surrogates
from twin.services.context import Context
from twin.services.database import migrate
from twin.services.goals import Question
from twin.services.job_steps import finish, run_step
from twin.services.planning import _best, plan
from twin.settings import Settings


def quiet(share, text):
    """Nobody listens."""


@pytest.fixture(scope="module")
def spindle(tmp_path_factory):
    """A spindle with a surrogate, trained once for all questions."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), database_url="", jobs_url="", component_folders=[])
    migrate(settings)
    opened = Context.open(settings)
    plants.create(opened, TEXT, author="ada", reason="first")
    readings.write(opened, "spindle", log_rows(240, speed=moving))
    surrogates.make(opened, "spindle", surrogates.Order(step_s=120.0, hours=2.0, worlds=64, steps=160), quiet)
    yield opened
    opened.sessions.kw["bind"].dispose()


def test_a_temperature_is_reached_by_the_speed_that_its_closed_form_gives(spindle):
    low = 0.7 * RPM * np.pi / 30
    steady_k = AMBIENT_K + (DRY_N_M + VISCOUS_N_M_S * low) * low / COOLING_W_PER_K
    found = plan(spindle, Question("spindle", ("SC-1",), (Goal("TT-1", "reach", steady_k),), hours=4.0), quiet)
    assert len(found["settings"]["SC-1"]) == 4
    # the last hours hold near the speed at which friction warms the bearing to just that
    assert found["settings"]["SC-1"][-1] == pytest.approx(low, rel=0.12)
    assert found["cost"]["median"] <= found["as_it_is"]["median"]


def test_what_is_asked_is_judged_and_a_job_answers(spindle, monkeypatch):
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    asked = {"moves": ["SC-1"], "goals": [{"tag": "TT-1", "aim": "least", "value": 0.0}], "hours": 2.0, "seed": 0}
    with pytest.raises(InvalidInput, match="SC-9"):
        orders.plan(spindle, "spindle", {**asked, "moves": ["SC-9"]}, author="ada")
    job = orders.plan(spindle, "spindle", asked, author="ada")
    finish(spindle, job.id, run_step(spindle, job.id, 0, {**job.payload, "job": job.id, "plant": "spindle"}))
    result = answers.newest(spindle, "spindle", "plan", "none").result
    assert result is not None
    assert result["question"]["moves"] == ["SC-1"]
    # two hours in samples of two minutes, 90 % of worlds and their median
    assert np.shape(result["tags"]["TT-1"]["plan"]) == np.shape(result["tags"]["TT-1"]["as_it_is"]) == (3, 60)


def test_a_plan_that_worlds_do_not_survive_is_not_the_best():
    stays, dead, half, dear = (np.array(own) for own in ([5.0, 5.0], [np.nan, np.nan], [1.0, np.nan], [3.0, 2.0]))
    assert _best([stays, dead, half, dear]) == 3
    assert _best([stays, dead, half]) == 2
    assert _best([stays, dear, dear - 1.0]) == 2


def test_a_surrogate_that_learned_from_other_inputs_is_trained_again(spindle, monkeypatch):
    quick, facts = surrogates.load(spindle, "spindle")
    monkeypatch.setattr(surrogates, "load", lambda *_: (replace(quick, inputs=("SC-1", "SC-2")), facts))
    with pytest.raises(NotReady, match="inputs changed"):
        plan(spindle, Question("spindle", ("SC-1",), (Goal("TT-1", "least"),)), quiet)


def test_without_a_surrogate_the_next_step_is_named(context):
    plants.create(context, TEXT, author="ada", reason="first")
    with pytest.raises(NotReady, match="twin surrogate train"):
        plan(context, Question("spindle", ("SC-1",), (Goal("TT-1", "reach", 30.0),)), quiet)
