from datetime import UTC, datetime

import pytest

from tests.twin.bottles import DRIVEN, NOISY, TEXT
from twin.errors import InvalidInput, NotReady
from twin.records.scenario import Change, ChangeKind, Scenario
from twin.scene.load import load
from twin.services import lines, plants, scenarios
from twin.services.basis import stand_on

FASTER = Change(ChangeKind.SETTING, "line/capper.cycle_s", factor=0.9)


def question(plant, *changes, start="nominal", hours=8.0, worlds=4):
    return Scenario(plant, "test", changes, hours * 3600.0, worlds, 0, start, 600.0)


@pytest.fixture
def bottles(context):
    plants.create(context, TEXT, author="ada", reason="first")
    return context


def test_a_line_alone_answers_is_kept_and_replays(bottles):
    saved = scenarios.run(bottles, question("bottles", FASTER))
    assert scenarios.get(bottles, "bottles", saved.id) == saved
    assert saved.verdict.startswith("Throughput rises by 11.1 %")  # 12 s to 10.8 s
    assert scenarios.replay(bottles, "bottles", saved.id)["identical"]


def test_energy_and_cost_per_item_of_a_line_without_physics(bottles):
    etag = plants.get(bottles, "bottles")[1].etag
    text = TEXT.replace("cycle_s: 12.0", "cycle_s: 12.0, working_w: 600.0")
    priced = text + "prices: {energy: {value: 0.20, per: kWh}}\n"
    plants.update(bottles, "bottles", priced, etag=etag, author="ada", reason="")
    rows = {row["name"]: row["baseline"] for row in scenarios.run(bottles, question("bottles")).kpis}
    # the capper never waits and is the slowest: 12 s of 600 W an item, of which a kilowatt-hour costs 0.20
    assert rows["electrical energy per item"]["mean"] == pytest.approx(7200.0, rel=2e-3)
    assert rows["cost per item"]["mean"] == pytest.approx(7200.0 / 3.6e6 * 0.20, rel=2e-3)


def test_a_revision_keeps_the_line_it_had(bottles):
    etag = plants.get(bottles, "bottles")[1].etag
    plants.update(bottles, "bottles", TEXT.replace("cycle_s: 12.0", "cycle_s: 6.0"), etag=etag, author="ada", reason="")
    rows = plants.diff(bottles, "bottles", 1, 2)
    assert [(row["path"], row["old"], row["new"]) for row in rows] == [
        ("assets[line/capper].settings.cycle_s", 12.0, 6.0)
    ]
    assert plants.get(bottles, "bottles", 1)[0].asset("line/capper").settings == {"cycle_s": 12.0}


def test_its_targets_are_the_lines_and_words_become_settings(bottles):
    found = {item.target for item in scenarios.targets(bottles, "bottles")}
    assert {"line/capper.cycle_s", "line/buffer.capacity_count"} <= found
    assert scenarios.worded(bottles, "bottles", "line/capper.cycle_s", factor=0.9) == FASTER


def test_bad_questions_to_a_line_are_refused_before_they_wait(bottles):
    for bad in (
        question("bottles", Change(ChangeKind.SETTING, "line/capper.speed", value=1.0)),
        question("bottles", Change(ChangeKind.INPUT, "line/capper.cycle_s", value=1.0)),
        question("bottles", FASTER, start="yesterday"),
        question("bottles", FASTER, hours=0.0),
    ):
        with pytest.raises(InvalidInput):
            scenarios.check(bottles, bad)
    with pytest.raises(NotReady, match="a line alone"):
        stand_on(bottles, "bottles")


def test_a_coupled_plant_offers_both_and_answers_both(context):
    plants.create(context, DRIVEN, author="ada", reason="first")
    found = {item.target: item.kind for item in scenarios.targets(context, "driven")}
    assert found["line/belt.speed_m_per_s"] is ChangeKind.SETTING
    assert found["supply.voltage_v"] is ChangeKind.INPUT
    change = Change(ChangeKind.SETTING, "line/belt.speed_m_per_s", factor=1.1)
    outcome = scenarios.run(context, question("driven", change, hours=2.0))
    names = [item["name"] for item in outcome.kpis]
    assert {"throughput", "electrical energy", "electrical energy per item"} <= set(names)
    assert stand_on(context, "driven").assembly.couplings


def test_calendars_begin_on_monday_at_midnight_of_the_site():
    thursday = datetime(2026, 7, 2, 22, 30, tzinfo=UTC)  # Friday, 00:30 in Berlin
    us = int(thursday.timestamp()) * 1_000_000
    assert lines.since_monday_s(us, "Europe/Berlin") == 4 * 86_400 + 1800
    scene = load(NOISY)
    pair = lines.pair(scene, question("noisy", start="now"), us)
    assert pair.warm.warm_s % 86_400 == pytest.approx(lines.since_monday_s(us, "UTC") % 86_400)
    assert not lines.is_alone(load(DRIVEN))
