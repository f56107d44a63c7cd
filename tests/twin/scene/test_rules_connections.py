import pytest

from twin.scene.findings import Findings
from twin.scene.load import parse
from twin.scene.rules_connections import check_connections

ASSETS = """plant: p
assets:
  - {id: t, type: vessel}
  - {id: u, type: vessel}
  - {id: m, type: mover}
  - {id: g, type: gauge}
  - {id: h, type: gauge}
  - {id: s, type: shaft}
connections:
"""


def found(connections, types, *, extra=""):
    lines = "".join(f"  - [{left}, {right}]\n" for left, right in connections)
    scene, document = parse(ASSETS.replace("connections:", f"{extra}connections:") + lines)
    findings = Findings(document)
    check_connections(scene, types, findings)
    return [str(fault) for _path, fault in findings.found]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([("t.bottom", "x.inlet")], "plant.yaml:10 x.inlet: got the unknown asset 'x', need <asset>.<port>."),
        ([("t.bottom", "m.inlt")], "m.inlt: got the unknown port 'inlt', need a port of mover. Did you mean 'inlet'?"),
        ([("t.bottom", "m")], "plant.yaml:10 m: got the unknown port ''"),
        ([("t.bottom", "t.bottom")], "got a port joined to itself, need two ports"),
        ([("t.bottom", "s.end")], "got liquid joined to rotation, need ports of one domain. Put a part between them"),
        ([("t.bottom", "g.out")], "got liquid joined to signal"),
        ([("g.out", "h.out")], "got two signal outputs, need one signal output and one input"),
        ([("t.bottom", "m.inlet")] * 2, "plant.yaml:11 t.bottom – m.inlet: got the same connection twice"),
        ([("t.bottom", "m.inlet"), ("m.inlet", "t.bottom")], "got the same connection twice, need each once. First on"),
        ([("t.bottom", "u.bottom")], "t.bottom – u.bottom: got 2 sources on one node, need at most one. Put a resis"),
        ([("t.bottom", "m.inlet"), ("m.inlet", "u.bottom")], "plant.yaml:11 t.bottom – u.bottom: got 2 sources"),
    ],
)
def test_broken_rule_is_named(pairs, expected, types):
    assert any(expected in fault for fault in found(pairs, types)), found(pairs, types)


def test_signal_input_joined_to_nothing_is_refused(types):
    extra = "  - {id: b, type: brain}\n"
    assert any("b.heard: got a signal input joined to nothing" in fault for fault in found([], types, extra=extra))
    assert found([("g.out", "b.heard")], types, extra=extra) == []


def test_signal_input_with_two_outputs_is_refused(types):
    pairs = [("g.out", "b.heard"), ("h.out", "b.heard")]
    assert any("2 sources on one node" in fault for fault in found(pairs, types, extra="  - {id: b, type: brain}\n"))


def test_one_output_may_be_heard_by_many(types):
    extra = "  - {id: b, type: brain}\n  - {id: c, type: brain}\n"
    assert found([("g.out", "b.heard"), ("c.heard", "g.out")], types, extra=extra) == []


def test_three_ports_on_one_node_are_sound(types):
    assert found([("t.bottom", "m.inlet"), ("t.bottom", "g.tap"), ("h.tap", "m.inlet")], types) == []
