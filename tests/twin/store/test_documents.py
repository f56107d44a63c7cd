from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from twin.store.documents import plain


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Thing:
    name: str
    values: np.ndarray


def test_what_json_cannot_say_becomes_null():
    assert plain({"a": float("nan"), "b": np.inf, "c": [1.0, -np.inf]}) == {"a": None, "b": None, "c": [1.0, None]}


def test_records_and_arrays_become_objects_and_lists():
    found = plain({3: Thing("x", np.array([[1.0, np.nan]])), "colour": Colour.RED, "count": np.int64(4)})
    assert found == {"3": {"name": "x", "values": [[1.0, None]]}, "colour": "red", "count": 4}
    assert type(found["count"]) is int
    assert type(found["colour"]) is str


def test_plain_values_pass():
    assert plain([True, None, "text", 1]) == [True, None, "text", 1]
