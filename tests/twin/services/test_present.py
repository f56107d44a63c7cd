import numpy as np
import pytest

from tests.twin.spindle import AMBIENT_K, BEARING, COOLING_W_PER_K, FRICTION_W, TEXT, log_rows
from twin.errors import NotReady
from twin.prediction.remembered import Remembered
from twin.services import plants, present, readings
from twin.services.basis import stand_on

HEAT = f"{BEARING}.heat.temperature_k"


@pytest.fixture
def spindle(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def test_without_a_log_there_is_no_present(spindle):
    with pytest.raises(NotReady):
        present.at(spindle, "spindle", stand_on(spindle, "spindle"), count=4, seed=0)


def test_nominal_is_the_plants_own_start(spindle):
    basis = stand_on(spindle, "spindle")
    found = present.nominal(basis, count=4, seed=0, time_us=7)
    np.testing.assert_array_equal(found.worlds.start, basis.worlds(4, 0).start)
    assert found.history is None


def test_the_present_is_where_the_log_ends(spindle):
    readings.write(spindle, "spindle", log_rows(300))
    basis = stand_on(spindle, "spindle")
    found = present.at(spindle, "spindle", basis, count=16, seed=0)
    warm = found.worlds.start[basis.model.state_names.index(HEAT)] - AMBIENT_K
    # The log is of a spindle that runs since long; the sensor has 0.1 K of noise.
    assert np.median(warm) == pytest.approx(FRICTION_W / COOLING_W_PER_K, abs=0.5)
    assert found.history.samples == 300
    assert found.followed.replaced == 0


def test_a_past_time_knows_nothing_later(spindle):
    rows = log_rows(300)
    readings.write(spindle, "spindle", rows[:400])
    basis = stand_on(spindle, "spindle")
    early = present.at(spindle, "spindle", basis, count=8, seed=0)
    readings.write(spindle, "spindle", rows[400:])
    again = present.at(spindle, "spindle", basis, count=8, seed=0, time_us=early.time_us)
    np.testing.assert_array_equal(again.worlds.start, early.worlds.start)
    with pytest.raises(NotReady):
        present.at(spindle, "spindle", basis, count=8, seed=0, time_us=early.history.start_us)


def test_the_same_question_is_not_computed_twice(spindle, monkeypatch):
    monkeypatch.setattr(present, "_kept", Remembered(present.KEPT))
    rows = log_rows(300)
    readings.write(spindle, "spindle", rows[:400])
    basis = stand_on(spindle, "spindle")
    before = present.at(spindle, "spindle", basis, count=8, seed=0)
    computed = []
    settled = present._settled
    monkeypatch.setattr(present, "_settled", lambda *given: computed.append(1) or settled(*given))
    again = present.at(spindle, "spindle", basis, count=8, seed=0)
    np.testing.assert_array_equal(again.worlds.start, before.worlds.start)
    other = present.at(spindle, "spindle", basis, count=8, seed=1)  # draws from the same followed worlds
    assert computed == []
    assert not np.array_equal(other.worlds.parameters, before.worlds.parameters)
    readings.write(spindle, "spindle", rows[400:])
    later = present.at(spindle, "spindle", basis, count=8, seed=0)
    assert len(computed) == 1
    assert later.time_us > before.time_us


def test_the_hour_to_come_is_prepared_and_says_what_it_would_have_said(spindle, monkeypatch):
    rows = log_rows(606)
    readings.write(spindle, "spindle", rows[:1180])
    basis = stand_on(spindle, "spindle")
    monkeypatch.setattr(present, "_kept", Remembered(present.KEPT))
    present.at(spindle, "spindle", basis, count=8, seed=0)
    present.prepare(spindle, "spindle", basis, count=8)
    readings.write(spindle, "spindle", rows[1180:])
    with monkeypatch.context() as later:
        later.setattr(present, "_settled", lambda *given: pytest.fail("it was settled before"))
        prepared = present.at(spindle, "spindle", basis, count=8, seed=0)
    monkeypatch.setattr(present, "_kept", Remembered(present.KEPT))
    anew = present.at(spindle, "spindle", basis, count=8, seed=0)
    np.testing.assert_array_equal(prepared.worlds.start, anew.worlds.start)
    np.testing.assert_array_equal(prepared.followed.innovations, anew.followed.innovations)


def test_following_begins_anew_once_an_hour():
    hour, least = 60, 8 * 24 * 60
    begins = [present._begin_row(least + minute + 1, 60.0)[0] for minute in range(hour)]  # a history from a full hour
    assert len(set(begins)) == 1
    assert present._begin_row(least + hour + 1, 60.0)[0] == begins[0] + hour
