import pytest

from twin.scene.fields import Entry, is_number, shown, suggest
from twin.scene.lines import Document


@pytest.fixture
def entry():
    return Entry(Document({}), (), {"a": 1, "s": "x", "v": [1, 2, 3], "w": ["x", 2], "long": "y" * 600}, "thing")


def texts(entry):
    return [str(fault) for _path, fault in entry.document.faults]


def test_typed_reads_give_values_or_defaults(entry):
    assert entry.text("s") == "x"
    assert entry.text("a") == "1"
    assert entry.number("a", 0.0) == 1.0
    assert entry.number("missing", 7.0) == 7.0
    assert entry.vector("v", (0.0, 0.0, 0.0)) == (1.0, 2.0, 3.0)
    assert texts(entry) == []


def test_bounds_words_and_lengths_are_kept(entry):
    assert entry.number("a", 5.0, low=2.0) == 5.0
    assert entry.words("w") == ("x",)
    assert entry.text("long") == ""
    assert entry.vector("s", (0.0, 0.0, 0.0)) == (0.0, 0.0, 0.0)
    assert texts(entry) == [
        "plant.yaml thing.a: got 1, need ≥ 2.",
        "plant.yaml thing.w: got 2, need a list of names.",
        "plant.yaml thing.long: got 600 characters, need at most 500 characters.",
        "plant.yaml thing.s: got 'x', need three finite numbers.",
    ]


def test_keys_that_nobody_asked_for_are_reported(entry):
    for key in ("a", "s", "v", "w"):
        entry.raw(key)
    entry.finish()
    assert len(texts(entry)) == 1
    assert "'long'" in texts(entry)[0]


def test_truth_is_no_number():
    assert not is_number(True)
    assert is_number(0)
    assert not is_number(float("nan"))


def test_long_value_is_shortened_on_one_line():
    assert len(shown("x" * 500)) <= 60
    assert shown(None) == "nothing"


def test_near_name_is_suggested():
    assert suggest("lvel_m", ["level_m", "area_m2"]) == "Did you mean 'level_m'?"
    assert suggest("zzz", ["level_m"]) == ""
