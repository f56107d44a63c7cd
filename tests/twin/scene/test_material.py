from physics.flow.catalogue import flow_types
from tests.twin.bottles import DRIVEN, NOISY, TEXT
from twin.scene.graph import affected, downstream, graph
from twin.scene.load import load
from twin.scene.material import (
    line_assets,
    material_links,
    material_port,
    named_parts,
    physical,
    port_names,
)


def test_a_scene_falls_into_its_line_and_its_physics():
    scene = load(DRIVEN)
    assert [asset.id for asset in physical(scene).assets] == ["supply", "motor", "bearing", "drive"]
    assert len(physical(scene).connections) == 3
    assert [asset.id for asset in line_assets(scene)] == ["line/source", "line/belt", "line/sink", "line/worn"]
    assert physical(load(TEXT)).assets == ()


def test_links_lead_from_way_out_to_way_in_however_they_are_written():
    assert ("line/buffer.out", "line/capper.in") in material_links(load(TEXT))


def test_ports_with_many_ends_are_found_by_number():
    splitter = flow_types()["splitter"]
    assert material_port(splitter, "out_3").fixes
    assert not material_port(splitter, "in").fixes
    assert material_port(splitter, "out_x") is None
    assert material_port(flow_types()["buffer"], "out_1") is None
    assert port_names(splitter) == ["in", "out_1"]


def test_settings_that_name_other_parts_are_followed():
    jams = next(asset for asset in load(NOISY).assets if asset.id == "line/filler-jams")
    assert named_parts(jams) == ("line/filler", "line/fitters")


def test_the_graph_follows_items_and_couplings():
    scene = load(DRIVEN)
    assert downstream(scene, "line/source") == ("line/belt", "drive", "line/sink", "supply", "motor", "bearing",
                                                "line/worn")  # fmt: skip
    assert "line/belt" in affected(scene, "bearing")
    assert {domain for *_, domain in graph(scene).edges(data="domain")} >= {"material", "coupling"}
