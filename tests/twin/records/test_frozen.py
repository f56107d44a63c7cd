"""What one stage hands to the next cannot be changed on the way."""

import dataclasses
import importlib
import pkgutil

import pytest

import twin.records

RECORDS = [
    record
    for module in pkgutil.iter_modules(twin.records.__path__, "twin.records.")
    for record in vars(importlib.import_module(module.name)).values()
    if dataclasses.is_dataclass(record) and record.__module__ == module.name
]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_is_frozen(record):
    empty = record.__new__(record)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(empty, dataclasses.fields(record)[0].name, None)
