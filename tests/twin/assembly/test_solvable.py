import re

import pytest

from physics.catalogue import components
from physics.contract import Component, Port, parameter
from twin.assembly.solvable import load_solvable, require_solvable, untouched
from twin.errors import InvalidInput
from twin.scene.load import load_with_lines, parse
from twin.scene.scene import Scene


def test_sound_plant_passes(scene):
    require_solvable(scene)


def test_plant_without_assets_is_a_place_for_logs():
    require_solvable(Scene("p"))


def test_pressure_that_nothing_determines_is_refused_with_its_line():
    """Two valves in a row between two open ends: no flow, so their common pressure could be anything."""
    text = """plant: p
assets:
  - {id: a, type: valve}
  - {id: b, type: valve}
connections:
  - [a.outlet, b.inlet]
"""
    scene, document = load_with_lines(text)
    with pytest.raises(InvalidInput) as refusal:
        require_solvable(scene, document)
    assert all(fault.where.startswith("plant.yaml:") for fault in refusal.value.faults)
    assert all(fault.need for fault in refusal.value.faults)


class Store(Component):
    """May hold nothing, as no shipped type may."""

    name = "store"
    heat = Port("thermal")
    capacity_j_per_k = parameter("J/K", "Capacity", default=10.0, low=0.0)

    def law(self, m):
        return {"heat.storage": m.capacity_j_per_k, "heat.heat_flow_w": m.heat.temperature_k - 290.0}


OWN = {**components(), "store": Store}

EVERYTHING = """plant: p
assets:
  - {id: a/mystery, type: warp_drive}
  - {id: b/tank, type: tank, parameters: {volume_m3: 3.0}}
  - {id: c/pipe, type: pipe, parameters: {length_m: -5.0}}
  - {id: c/motor, type: dc_motor}
  - {id: d/supply, type: voltage_source}
  - {id: d/other, type: voltage_source}
  - {id: e/one, type: conductance}
  - {id: e/two, type: conductance}
  - {id: f/store, type: store, parameters: {capacity_j_per_k: 0.0}}
  - {id: f/sound, type: store}
  - {id: g/gear, type: ideal_gear}
  - {id: g/back, type: ideal_gear}
  - {id: h/store, type: store, parameters: {capacity_j_per_k: .nan}}
connections:
  - [c/pipe.inlet, c/motor.shaft]
  - [d/supply.plus, d/other.plus]
  - [e/one.a, e/two.a]
  - [e/one.b, e/two.b]
  - [g/gear.driven, g/back.driving]
  - [g/back.driven, g/gear.driving]
"""
"""An unknown type and parameter, a number out of bounds and none at all, ports of two domains, two sources on one
node, a floating island, nothing to store in, a circle of gears: each in a place of its own."""


def test_every_kind_of_bad_plant_is_told_at_once_with_line_value_rule_and_next_step():
    with pytest.raises(InvalidInput) as refusal:
        load_solvable(EVERYTHING, types=OWN, file="hall.yaml")
    found = {fault.where.split()[1].split("/")[0]: fault for fault in refusal.value.faults}
    assert {key: fault.got for key, fault in found.items()} == {
        "a": "'warp_drive'",
        "b": "the unknown parameter 'volume_m3'",
        "c": "liquid joined to rotation",
        "d": "2 sources on one node",
        "e": "nothing that determines them",
        "f": "storage 0",
        "g": "values that depend on each other without a state between them",
        "h": "nan",
    }
    assert all(re.match(r"hall\.yaml:\d+ ", fault.where) for fault in refusal.value.faults)
    assert [str(fault) for fault in refusal.value.faults if not fault.need] == []
    assert [str(fault) for fault in refusal.value.faults if not fault.next_step and fault.got != "nan"] == []
    assert any("c/pipe.length_m" in fault.where for fault in refusal.value.faults)


def test_each_of_several_like_islands_is_checked_with_its_own_numbers():
    text = "plant: p\nassets:\n" + "".join(
        f"  - {{id: s{n}, type: store, parameters: {{capacity_j_per_k: {n % 3}}}}}\n" for n in range(1, 7)
    )
    with pytest.raises(InvalidInput) as refusal:
        load_solvable(text, types=OWN)
    assert [fault.where for fault in refusal.value.faults] == ["plant.yaml:5 s3.heat", "plant.yaml:8 s6.heat"]


def test_what_is_joined_to_a_fault_is_left_out_of_the_engines_look():
    scene, document = parse(EVERYTHING)
    left = untouched(scene, [("assets", 0), ("connections", 2, 1), ("plant",)])
    assert {asset.id.split("/")[0] for asset in left.assets} == {"b", "c", "d", "f", "g", "h"}
    assert len(left.connections) == 4
