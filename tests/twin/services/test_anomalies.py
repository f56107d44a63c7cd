"""A block that cools to its hall, read by a noisy thermometer that later shows too much."""

import numpy as np
import pytest

from tests.twin.services.test_prediction import BEGIN_US, STEP_S, TEXT, cooling
from twin.errors import InvalidInput, NotFound, NotReady
from twin.services import anomalies, plants, readings

SAMPLES, LEARNED, ODD = 300, 150, 220
OFFSET_K = 2.0
"""Twenty times the thermometer's noise."""
LEARN_UNTIL_US = BEGIN_US + int(LEARNED * STEP_S * 1e6)


@pytest.fixture
def block(context):
    plants.create(context, TEXT, author="ada", reason="first")
    t_s = np.arange(SAMPLES) * STEP_S
    value = cooling(t_s) + 0.1 * np.random.default_rng(0).normal(size=SAMPLES) + OFFSET_K * (t_s >= ODD * STEP_S)
    stamps = [np.datetime64(BEGIN_US + int(t * 1e6), "us").astype(str) + "Z" for t in t_s]
    rows = [{"tag": "TT-1", "time": stamp, "value": float(v)} for stamp, v in zip(stamps, value, strict=True)]
    assert readings.write(context, "block", rows).accepted == SAMPLES
    return context


def test_the_offset_is_an_episode_of_its_tag(block):
    found = anomalies.watch(block, "block", LEARN_UNTIL_US, margin=1.5)
    assert [item.tag for item in found.episodes] == ["TT-1"]
    begun = (found.episodes[0].start_us - BEGIN_US) / 1e6 / STEP_S
    assert ODD <= begun <= ODD + 5
    assert found.episodes[0].peak_ratio > 3.0
    assert found.model_version == 0


def test_healthy_rows_teach_and_do_not_alarm(block):
    found = anomalies.watch(block, "block", LEARN_UNTIL_US, margin=1e-9)
    assert found.learned.sum() == LEARNED
    np.testing.assert_array_equal(found.alarm, ~found.learned)


def test_alarms_are_scores_over_the_margin(block):
    found = anomalies.watch(block, "block", LEARN_UNTIL_US, false_alarm_ratio=0.05)
    assert found.margin > 0.0
    np.testing.assert_array_equal(found.alarm, (found.score > found.margin) & ~found.learned)


def test_innovations_of_healthy_rows_are_about_standard(block):
    e = anomalies.watch(block, "block", LEARN_UNTIL_US).innovations[:ODD, 0]
    # 220 rows: a standard deviation is known to 5 %; the filter's own spread widens what it expects a little.
    assert 0.8 < e.std() < 1.2
    assert abs(e.mean()) < 4 / np.sqrt(len(e))


def test_a_model_can_be_chosen_and_an_unknown_one_is_refused(block):
    with pytest.raises(NotFound, match="model"):
        anomalies.watch(block, "block", LEARN_UNTIL_US, version=3)


def test_too_few_healthy_rows_are_refused_in_words(block):
    with pytest.raises(NotReady, match="learn_to"):
        anomalies.watch(block, "block", BEGIN_US + int(5 * STEP_S * 1e6))


def test_too_long_a_stretch_is_refused(block, monkeypatch):
    monkeypatch.setattr(anomalies, "MOST_ROWS", 100)
    with pytest.raises(InvalidInput, match="300 rows"):
        anomalies.watch(block, "block", LEARN_UNTIL_US)
