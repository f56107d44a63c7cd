"""Nights of the heated block: learned, kept, without data, after maintenance, and the same night twice."""

from contextlib import nullcontext
from datetime import date

import pytest

from tests.twin import slow_block
from twin.records.event import EventKind, PlantEvent
from twin.records.night import NightVerdict
from twin.services import events, models, night_steps, nights

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
HOUR_US, DAY_US = 3_600_000_000, 86_400_000_000
BEGIN_US = 1_767_225_600_000_000


def frozen(measured_k):
    """The sensor stands still from 04:00 to 08:00 of the third day."""
    first = 2 * slow_block.ROWS_A_DAY + 40
    measured_k[first : first + 40] = measured_k[first]
    return measured_k


def test_nights_from_the_first_model_on(context):
    slow_block.create(context)
    slow_block.write(context, 3, spoil=frozen)
    first = slow_block.night(context, "2026-01-03")["result"]
    assert (first["day"], first["verdict"], first["version"]) == ("2026-01-02", "promoted", 1)
    slow_block.night(context, "2026-01-04")
    second = nights.latest(context, slow_block.PLANT)
    assert second.model_before == 1
    assert second.scores["model_version"] == 1
    assert second.scores["skill"] > 0.9
    assert second.verdict in (NightVerdict.KEPT, NightVerdict.PROMOTED)
    (stuck,) = second.findings
    assert (stuck.subject, stuck.kind.value) == ("TT-1", "sensor stuck")
    assert stuck.size == pytest.approx(39 * 360.0)
    _the_same_night_again_changes_nothing(context, second)
    _a_night_without_a_reading_keeps_the_model(context)
    _maintenance_waits_for_new_data(context)


def _the_same_night_again_changes_nothing(context, before):
    versions = len(models.list_models(context, slow_block.PLANT))
    slow_block.night(context, "2026-01-04")
    assert nights.latest(context, slow_block.PLANT) == before
    assert len(models.list_models(context, slow_block.PLANT)) == versions


def _a_night_without_a_reading_keeps_the_model(context):
    served = models.champion(context, slow_block.PLANT).version
    slow_block.night(context, "2026-01-05")
    found = nights.latest(context, slow_block.PLANT)
    assert (found.verdict, found.model_after) == (NightVerdict.NOT_LEARNED, served)
    assert "no usable reading arrived" in found.sentence
    assert (found.scores, found.gate, found.failures) == ({}, {}, ())


def _maintenance_waits_for_new_data(context):
    served = models.champion(context, slow_block.PLANT).version
    visit = PlantEvent(EventKind.MAINTENANCE, "wall", BEGIN_US + 4 * DAY_US, BEGIN_US + 4 * DAY_US + HOUR_US, "cleaned")
    events.save(context, slow_block.PLANT, [visit])
    slow_block.write(context, 1, begin=slow_block.BEGIN + slow_block.DAY * 4)
    slow_block.night(context, "2026-01-06")
    found = nights.latest(context, slow_block.PLANT)
    assert (found.verdict, found.model_after) == (NightVerdict.NOT_LEARNED, served)
    assert "maintenance changed the plant" in found.sentence
    assert found.quality.notes[-1] == "Maintenance of wall: cleaned."


def test_a_night_that_was_cut_goes_on_at_its_step(context, monkeypatch):
    slow_block.create(context)
    slow_block.write(context, 2)
    names, begun = [name for name, _step in night_steps.STEPS], []

    def watched(name, step, cut):
        def taken(context, state, progress):
            begun.append(name)
            if cut and name == "forecast":
                raise KeyboardInterrupt
            return step(context, state, progress)

        return name, taken

    steps = night_steps.STEPS
    for cut in (True, False):
        monkeypatch.setattr(night_steps, "STEPS", tuple(watched(name, step, cut) for name, step in steps))
        with pytest.raises(KeyboardInterrupt) if cut else nullcontext():
            night_steps.run(context, slow_block.PLANT, date(2026, 1, 3), options=slow_block.QUICK)
    assert begun == [*names[: names.index("forecast") + 1], "forecast", "report"]
    assert nights.latest(context, slow_block.PLANT).day == "2026-01-02"
    assert len(models.list_models(context, slow_block.PLANT)) == 1
