"""Answers read off the small loop by hand: tank → pump → tank, gauge on the tank's foot, brain behind the gauge."""

import pytest

from twin.errors import NotFound
from twin.scene.graph import affected, downstream, graph, islands, shortest_path, tags_of, upstream
from twin.scene.load import load


@pytest.fixture
def scene(plant, types):
    text = plant.replace(
        "  - {id: hall/brain, type: brain}\n", "  - {id: hall/brain, type: brain}\n  - {id: x, type: shaft}\n"
    )
    return load(text, types=types)


def test_flow_goes_round_the_loop_and_out_to_the_signal(scene, types):
    assert downstream(scene, "hall/tank", types=types) == ("hall/gauge", "hall/pump", "hall/brain")
    assert upstream(scene, "hall/brain", types=types) == ("hall/gauge", "hall/tank", "hall/pump")
    assert upstream(scene, "x", types=types) == ()


def test_names_of_ports_decide_the_direction_not_the_order_in_the_file(plant, types):
    turned = plant.replace("[hall/tank.bottom, hall/pump.inlet]", "[hall/pump.inlet, hall/tank.bottom]")
    turned = turned.replace("[hall/gauge.out, hall/brain.heard]", "[hall/brain.heard, hall/gauge.out]")
    edges = {ports for _start, _end, ports in graph(load(turned, types=types), types=types).edges(data="ports")}
    assert ("hall/tank.bottom", "hall/pump.inlet") in edges
    assert ("hall/gauge.out", "hall/brain.heard") in edges


def test_physical_joints_act_both_ways_signals_one(scene, types):
    assert affected(scene, "hall/pump", types=types) == ("hall/tank", "hall/gauge", "hall/brain")
    assert affected(scene, "hall/brain", types=types) == ()


def test_shortest_path_ignores_direction(scene, types):
    assert shortest_path(scene, "hall/brain", "hall/pump", types=types) == (
        "hall/brain",
        "hall/gauge",
        "hall/tank",
        "hall/pump",
    )
    with pytest.raises(NotFound):
        shortest_path(scene, "hall/brain", "x", types=types)


def test_islands_are_what_is_joined(scene, types):
    assert islands(scene, types=types) == (("hall/tank", "hall/pump", "hall/gauge", "hall/brain"), ("x",))


def test_tags_of_assets(scene):
    assert tags_of(scene, ["hall/pump"]) == ("FT-1", "SC-1")
    assert tags_of(scene, []) == ()


def test_unknown_asset_is_named(scene, types):
    with pytest.raises(NotFound, match="nowhere"):
        downstream(scene, "nowhere", types=types)
