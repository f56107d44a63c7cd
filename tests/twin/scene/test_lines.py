import pytest

from twin.errors import InvalidInput
from twin.scene.lines import DEPTH_LIMIT, read


def test_every_value_knows_its_line():
    document = read("a: 1\nb:\n  - {c: x}\n  - d\n")
    assert document.value == {"a": 1, "b": [{"c": "x"}, "d"]}
    assert document.line(("b", 0, "c")) == 3
    assert document.line(("b", 1)) == 4
    assert document.line(("b", 0, "missing")) == 3
    assert document.where(("a",), "x") == "plant.yaml:1 x"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 1e-3), ("2.0e-3", 2e-3), ("1_000", 1000), ("0x10", 16), ("true", True), ("yes", "yes"), ("~", None),
        ("'1'", "1"), ("2020-01-01", "2020-01-01"), ("+3", 3), ("08", 8), ("1:30", "1:30"),
    ],
)  # fmt: skip
def test_scalars_follow_yaml_1_2(text, value):
    found = read(f"a: {text}").value["a"]
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_read_as_such():
    assert str(read("a: .nan").value["a"]) == "nan"
    assert read("a: -.inf").value["a"] == -float("inf")


def test_same_key_twice_is_a_fault_with_both_lines():
    document = read("a: 1\nb: 2\na: 3\n")
    assert document.value == {"a": 1, "b": 2}
    assert [str(fault) for _path, fault in document.faults] == [
        "plant.yaml:3 a: got the same key twice, need each key once. First on line 1."
    ]


def test_json_with_tabs_and_escapes_is_read():
    assert read('{\t"a": "\\ud83d\\ude00 \\u00e9",\n\t"b": [1, 2.5e3]}').value == {"a": "😀 é", "b": [1, 2500.0]}


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "a: \t- b", "\x00", "&a [*a", "a: *nothing"])
def test_text_that_is_no_yaml_is_refused_with_its_place(text):
    with pytest.raises(InvalidInput) as refusal:
        read(text)
    assert refusal.value.faults[0].where.startswith("plant.yaml")


def test_tags_make_no_objects():
    assert read("a: !!python/object/apply:os.system ['false']").value == {"a": ["false"]}


def test_alias_bomb_stays_small():
    levels = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
    found = read(f"a0: &a0 x\n{levels}\n").value
    assert len(found["a11"]) == 9


@pytest.mark.parametrize("text", ["[" * 5000 + "]" * 5000, '{"a":' * 5000 + "1" + "}" * 5000, "&a [*a]"])
def test_endless_nesting_is_refused(text):
    with pytest.raises(InvalidInput) as refusal:
        read(text)
    assert str(DEPTH_LIMIT) in refusal.value.faults[0].need
