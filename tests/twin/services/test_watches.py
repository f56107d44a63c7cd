"""What is kept of a watched stretch, and the job that watches."""

from __future__ import annotations

import numpy as np
import pytest

from tests.twin.services.test_anomalies import LEARN_UNTIL_US, ODD, SAMPLES, block  # noqa: F401 - a fixture
from tests.twin.services.test_prediction import BEGIN_US, STEP_S
from twin.errors import NotFound, NotReady
from twin.records.anomaly import AnomalyEpisode, AnomalySignal
from twin.services import dispatch, jobs, orders, watches
from twin.services.job_steps import finish, run_step

ASKED = {"start_us": None, "learn_to_us": LEARN_UNTIL_US, "end_us": None, "margin": 1.5, "false_alarm_ratio": 0.01}


def signal(rows, score):
    learned = np.arange(rows) < rows // 2
    alarm = (score > 2.0) & ~learned
    return AnomalySignal(
        "block", np.arange(rows, dtype=np.int64), ("TT-1",), np.zeros((rows, 1)), score, np.ones((rows, 1)),
        np.isfinite(score), learned, 2.0, alarm, (AnomalyEpisode(7, 8, 1.5, "TT-1"),), 0,
    )  # fmt: skip


def test_the_highest_score_of_each_span_is_kept_as_a_share_of_the_limit():
    score = np.ones(1000)
    score[[501, 702]] = 3.0, np.nan
    found = watches.summary(signal(1000, score), 500)
    # 1,000 rows in spans of three: row 501 is the first of span 167, and the missing row 702 hides nothing of span 234
    assert (found["times_us"][167], found["ratio"][167], found["ratio"][234]) == (501, 1.5, 0.5)
    assert len(found["ratio"]) == len(found["times_us"]) == 334
    assert (found["learned_rows"], found["watched_rows"], found["alarm_rows"]) == (500, 499, 1)
    assert found["episodes"] == [{"start_us": 7, "end_us": 8, "peak_ratio": 1.5, "tag": "TT-1"}]


def test_a_span_without_readings_is_null():
    assert watches.summary(signal(4, np.array([1.0, 1.0, np.nan, 1.0])), 2)["ratio"] == [0.5, 0.5, None, 0.5]


def test_the_job_finds_the_offset_and_is_the_newest(block, monkeypatch):  # noqa: F811 - the fixture
    monkeypatch.setattr(dispatch, "enqueue", lambda *_: None)
    with pytest.raises(NotReady, match="nothing was watched"):
        watches.latest(block, "block")
    job = orders.watch(block, "block", ASKED, author="ada")
    finish(block, job.id, run_step(block, job.id, 0, {**job.payload, "job": job.id, "plant": "block"}))
    found = watches.latest(block, "block")
    assert (found.id, found.state) == (job.id, "done")
    assert found.result is not None
    begun = (found.result["episodes"][0]["start_us"] - BEGIN_US) / 1e6 / STEP_S
    assert ODD <= begun <= ODD + 5
    assert len(found.result["times_us"]) == SAMPLES
    assert jobs.get(block, job.id).result["watched_rows"] == SAMPLES - 150


def test_a_plant_that_is_not_there_has_no_watches(context):
    with pytest.raises(NotFound):
        watches.latest(context, "nowhere")
