import pytest

from physics.flow.links import Derate, Drive, Load, Speed, Trip, Wear, Work
from tests.twin.bottles import NOISY, TEXT
from twin.assembly.line import compile_layout, layout_of, links_of
from twin.assembly.solvable import load_solvable
from twin.errors import InvalidInput
from twin.scene.line import Coupling, CouplingKind
from twin.scene.load import load


def test_a_scene_becomes_a_layout_that_compiles():
    scene = load_solvable(NOISY)
    layout = layout_of(scene)
    assert layout.product_names == ("water", "juice")
    assert layout.products[1].routing == ("line/filler", "line/capper")
    assert compile_layout(layout, scene).stop_names == ("line/filler-jams", "line/packer-jams")
    assert layout_of(load(TEXT)).product_names == ("item",)


def test_every_kind_of_coupling_becomes_its_link():
    kinds = CouplingKind
    given = (
        Coupling(kinds.SPEED, "belt", "a.b", {"nominal": 2.0}),
        Coupling(kinds.DERATE, "belt", "a.b", {"from": 1.0, "to": 2.0, "least": 0.5}),
        Coupling(kinds.LOAD, "belt", "a.b", {"per_item": 3.0}),
        Coupling(kinds.DRIVE, "belt", "a.b", {"running": 3.0, "standing": 1.0}),
        Coupling(kinds.WORK, "belt", "a.b", {"working": 3.0}),
        Coupling(kinds.WEAR, "worn", "a.b", {"limit": 1.0}),
        Coupling(kinds.TRIP, "worn", "a.b", {"below": 1.0}),
    )
    assert links_of(given) == (
        Speed("belt", "a.b", 2.0), Derate("belt", "a.b", 1.0, 2.0, 0.5), Load("a.b", "belt", 3.0),
        Drive("a.b", "belt", 3.0, 1.0), Work("a.b", "belt", 3.0), Wear("worn", "a.b", 1.0),
        Trip("worn", "a.b", 1.0, above=False),
    )  # fmt: skip


WRONG = """
plant: wrong
products:
  - {name: water}
  - {name: juice, routing: [filler]}
assets:
  - {id: source, type: source}
  - {id: filler, type: machine, settings: {cycle_s: -3.0, speed: 2}}
  - {id: split, type: splitter, settings: {rule: routing}}
  - {id: belt, type: conveyor, settings: {length_m: long}}
  - {id: lost, type: buffer}
  - {id: sink, type: sink}
  - {id: jams, type: breakdown, settings: {machine: filter}}
  - {id: shifts, type: shift_calendar, settings: {shifts: [[0, 1], [500000, 0]]}}
connections:
  - [source.out, filler.in]
  - [filler.out, split.in]
  - [split.out_1, belt.in]
  - [split.out_2, lost.in]
  - [belt.out, sink.in]
"""


def test_all_faults_of_a_line_come_at_once_with_their_lines():
    with pytest.raises(InvalidInput) as refused:
        load_solvable(WRONG)
    said = [str(fault) for fault in refused.value.faults]
    for start in (
        "plant.yaml:8 filler.cycle_s: got constant -3 s, need 0 s or more",
        "plant.yaml:8 filler.speed: got a setting that the type does not have",
        "plant.yaml:10 belt.length_m: got 'long', need a number",
        "plant.yaml:13 jams.machine: got 'filter', which is no part",
        "plant.yaml:14 shifts.shifts: got",
        "plant.yaml:11 lost.out: got no link",
    ):
        assert any(text.startswith(start) for text in said), (start, said)


def test_ways_and_routings_are_looked_at_once_the_parts_are_sound():
    text = WRONG.replace("cycle_s: -3.0, speed: 2", "cycle_s: 3.0").replace("length_m: long", "length_m: 5")
    text = text.replace("machine: filter", "machine: filler").replace("[500000, 0]", "[50000, 0]")
    circle = "  - [lost.out, again.in]\n  - [again.out, join.in_2]\n  - [join.out, lost.in]\n"
    text = text.replace("[split.out_2, lost.in]", "[split.out_2, join.in_1]") + circle
    text = text.replace("products:\n", "products:\n  - {name: milk}\n").replace(
        "  - {id: sink, type: sink}", "  - {id: sink, type: sink}\n  - {id: again, type: machine}\n"
        "  - {id: join, type: merger}")  # fmt: skip
    with pytest.raises(InvalidInput) as refused:
        load_solvable(text)
    assert [(fault.where, fault.got) for fault in refused.value.faults] == [
        ("plant.yaml:14 again", "a route that never reaches a sink"),
        ("plant.yaml:12 lost", "a route that never reaches a sink"),
        ("plant.yaml:4 milk", "no routing"),
        ("plant.yaml:5 water", "no routing"),
    ]


def test_faults_of_line_and_physics_come_together():
    text = WRONG + "  - [pipe.inlet, pipe.outlet]\n"
    text = text.replace("assets:\n", "assets:\n  - {id: pipe, type: pipe}\n  - {id: hot, type: ambient}\n", 1)
    with pytest.raises(InvalidInput) as refused:
        load_solvable(text)
    said = str(refused.value)
    assert "filler.cycle_s: got constant -3 s" in said
    assert "pipe" in said
