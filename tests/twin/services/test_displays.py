"""Numbers are shown in the unit of their tag, else in the one that people use; factors by hand."""

from math import pi

import pytest

from twin.records.scenario import ChangeKind
from twin.scenarios.targets import Target
from twin.services import displays, plants

TEXT = """\
plant: oven
site: {name: Hall 2}
assets:
  - {id: oven, type: heat_capacity}
  - {id: wall, type: conductance}
  - {id: hall, type: ambient}
connections:
  - [oven.heat, wall.a]
  - [wall.b, hall.heat]
sensors:
  - {tag: TT-1, measures: oven.heat.temperature_k, unit: degF, noise_sd: 0.1}
inputs:
  - {tag: TT-2, drives: hall.temperature_k, unit: degF}
kpis:
  - {name: heat lost, quantity: wall.a.heat_flow_w, reduction: integral, unit: MJ}
"""


@pytest.fixture
def plant(context):
    return plants.create(context, TEXT, author="ada", reason="first").plant


def test_an_input_is_shown_as_its_tag(context, plant):
    target = Target(ChangeKind.INPUT, "hall.temperature_k", "hall", unit="K")
    shown = displays.of_targets(context, plant, [target])[0]["display"]
    assert shown.unit == "degF"
    assert 293.15 * shown.factor + shown.offset == pytest.approx(68.0)


def test_what_no_tag_drives_is_shown_as_people_read_it(context, plant):
    target = Target(ChangeKind.INPUT, "fan.speed_rad_per_s", "fan", unit="rad/s")
    shown = displays.of_targets(context, plant, [target])[0]["display"]
    assert (shown.unit, 2 * pi * shown.factor) == ("rpm", pytest.approx(60.0))
    assert displays.usual("W/K") is None


def test_a_figure_of_a_tag_is_shown_as_that_tag(context, plant):
    kpis = [{"name": "TT-1 mean", "unit": "K"}, {"name": "electrical energy", "unit": "J"}]
    first, second = (kpi["display"] for kpi in displays.of_kpis(context, plant, kpis))
    assert first.unit == "degF"
    assert (second.unit, 3.6e6 * second.factor) == ("kWh", pytest.approx(1.0))


def test_a_figure_of_the_line_is_shown_as_it_says_itself(context, plant):
    kpis = [
        {"name": "throughput", "unit": "1/s", "shown": "1/h"},
        {"name": "work in progress", "unit": "1", "shown": ""},
    ]
    first, second = (kpi["display"] for kpi in displays.of_kpis(context, plant, kpis))
    assert (first.unit, first.factor) == ("1/h", pytest.approx(3600.0))
    assert second is None


def test_a_figure_of_the_plant_file_is_shown_in_its_own_unit(context, plant):
    kpis = [{"name": "heat lost", "unit": "J"}, {"name": "heat lost", "unit": "K"}]
    first, older = (kpi["display"] for kpi in displays.of_kpis(context, plant, kpis))
    assert (first.unit, 1e6 * first.factor) == ("MJ", pytest.approx(1.0))
    assert older.unit == "degC"


def test_hidden_numbers_are_shown_as_usual_and_tags_as_themselves(context):
    plants.create(context, TEXT, author="ada", reason="first")
    found = {"hidden": [{"unit": "K"}, {"unit": "1"}], "tags": [{"tag": "TT-1"}]}
    told = displays.of_estimate(context, "oven", found)
    assert [item["display"] and item["display"].unit for item in told["hidden"]] == ["degC", None]
    assert told["tags"][0]["display"].unit == "degF"
