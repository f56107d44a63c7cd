from ruamel.yaml import YAML

from twin.ingest.mapping_node import Node


def node(text):
    faults = []
    return Node(YAML(typ="rt", pure=True).load(text), "", "m.yaml", faults), faults


def test_faults_carry_line_and_path():
    root, faults = node("a: 1\nb:\n  c: x\n")
    root.child("b").number("c")
    assert str(faults[0]) == "m.yaml:3 b.c: got 'x', need a number."


def test_a_key_that_is_missing_is_told_at_the_line_of_its_node():
    root, _faults = node("a: 1\nb:\n  c: x\n")
    assert (root.line("b"), root.child("b").line("c"), root.child("b").line("d")) == (2, 3, 3)


def test_typed_reading():
    root, faults = node("a: text\nn: 2.5\nl: [x, 1]\nz: Europe/Berlin\nk: 3\n")
    assert root.text("a") == "text"
    assert root.number("n") == root.positive("n") == 2.5
    assert root.texts("l") == ["x", "1"]
    assert root.zone("z") == "Europe/Berlin"
    assert root.count("k") == 3
    assert root.choice("a", ["text"], None) == "text"
    assert root.text("missing") is None
    assert faults == []


def test_each_wrong_value_is_one_fault():
    root, faults = node("a: {}\nn: -1\nl: x\nz: Mars\nc: 1.5\nb: true\n")
    root.text("a"), root.positive("n"), root.texts("l"), root.zone("z"), root.count("c"), root.number("b")
    root.child("l"), root.only(("a", "n", "l", "z", "c"))
    assert len(faults) == 8
