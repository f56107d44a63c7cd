"""Baseline and scenario of a plant with a coupled line."""

from dataclasses import replace

import numpy as np
import pytest

from tests.twin.bottles import DRIVEN
from twin.assembly.assemble import assemble
from twin.errors import InvalidInput
from twin.prediction.worlds import draw, from_priors
from twin.records.scenario import Change, ChangeKind, Scenario
from twin.scenarios.both import held, media
from twin.scenarios.line_compare import pair_of
from twin.scenarios.run import Setting, compare, observed
from twin.scene.load import load

HOURS, SAMPLE_S, WORLDS = 6, 300.0, 3


@pytest.fixture(scope="module")
def setting():
    scene = load(DRIVEN)
    assembly = assemble(scene)
    model = assembly.compile(observed(assembly))
    worlds = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=WORLDS, seed=0)
    inputs = np.repeat(model.inputs[None], round(HOURS * 3600 / SAMPLE_S) + 1, axis=0)
    return scene, Setting(assembly, worlds, inputs)


def ask(setting, *changes, seed=0, **options):
    scene, base = setting
    scenario = Scenario("driven", "test", changes, HOURS * 3600.0, WORLDS, seed, "nominal", SAMPLE_S)
    pair = pair_of(scene, scenario, begins_s=0.0)
    return compare(scenario, replace(base, line=pair, **options), provenance={"seed": seed})


def row(outcome, name):
    return next(item for item in outcome.kpis if item["name"] == name)


def test_a_faster_belt_of_the_line_carries_more_at_the_same_drive(setting):
    outcome = ask(setting, Change(ChangeKind.SETTING, "line/belt.speed_m_per_s", factor=1.1))
    found = row(outcome, "throughput")
    assert found["difference"]["mean"] == pytest.approx(0.1 * found["baseline"]["mean"], rel=0.05)
    assert "Line and physics meet every 600 s" in outcome.line["how"]


def test_less_voltage_slows_motor_belt_and_line(setting):
    outcome = ask(setting, Change(ChangeKind.INPUT, "supply.voltage_v", factor=0.8))
    found = row(outcome, "throughput")
    # no-load speed goes with the voltage; the drop R i of the load stays about what it was
    assert -0.45 < found["difference"]["mean"] / found["baseline"]["mean"] < -0.2
    assert found["difference"]["separated"]


def test_energy_per_item_is_energy_over_items(setting):
    outcome = ask(setting)
    energy, each = row(outcome, "electrical energy"), row(outcome, "electrical energy per item")
    items = row(outcome, "throughput")["baseline"]["mean"] * HOURS * 3600.0
    assert each["baseline"]["mean"] * items == pytest.approx(energy["baseline"]["median"], rel=1e-3)
    assert each["shown"] == "kWh"
    assert outcome.provenance["digest"] == ask(setting).provenance["digest"]


def test_inputs_that_the_line_sets_are_not_changed_by_hand(setting):
    with pytest.raises(InvalidInput, match="which the line sets"):
        ask(setting, Change(ChangeKind.INPUT, "drive.load_kg", value=10.0))


def test_switched_inputs_stand_at_what_they_are_while_running(setting):
    base = setting[1]
    model = base.worlds.model
    found = held(base.inputs, base.assembly, model)
    assert (found[:, model.input_names.index("supply.voltage_v")] == 24.0).all()
    assert list(media(base.assembly, model, np.zeros((3, len(model.output_names), 2)), 1.0)) == ["electrical energy"]


def test_a_baseline_is_run_once_for_questions_that_share_it(setting):
    known, asked = {}, []

    def remember(made_of, compute):
        key = tuple(part if isinstance(part, str) else part.tobytes() for part in made_of)
        asked.append(key)
        known[key] = known[key] if key in known else compute()
        return known[key]

    faster = Change(ChangeKind.SETTING, "line/belt.speed_m_per_s", factor=1.1)
    weaker = Change(ChangeKind.INPUT, "supply.voltage_v", factor=0.8)
    again = [ask(setting, change, remember=remember) for change in (faster, weaker)]
    assert len(known) == 1
    fresh = [ask(setting, change) for change in (faster, weaker)]
    assert [item.provenance["digest"] for item in again] == [item.provenance["digest"] for item in fresh]
    ask(setting, faster, remember=remember, seed=1)
    worn = Change(ChangeKind.PARAMETER, "bearing.dry_friction_n_m", factor=1.5, at_s=3600.0)
    ask(setting, worn, remember=remember)  # is interrupted where the change comes, and so takes other steps
    assert len(known) == len(set(asked)) == 3
