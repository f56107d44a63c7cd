"""Flow types are found by themselves, and each says what it does."""

import importlib
import inspect

import pytest

from physics.flow.catalogue import flow_types
from physics.flow.contract import Kind
from twin.units import conversion, unit_of_name

TYPES = flow_types()


def test_every_file_is_a_type_of_its_own_name():
    for name, kind in TYPES.items():
        assert kind.__module__.rpartition(".")[2] == name


@pytest.mark.parametrize("name", TYPES)
def test_a_type_is_described(name):
    module = importlib.import_module(TYPES[name].__module__)
    assert inspect.getdoc(module)
    for item in (*TYPES[name].declaration.inlets, *TYPES[name].declaration.outlets, *TYPES[name].declaration.settings):
        assert item.doc


@pytest.mark.parametrize("name", TYPES)
def test_names_of_numbers_end_in_their_unit(name):
    for setting in TYPES[name].declaration.settings:
        if setting.kind in (Kind.NUMBER, Kind.TIMES):
            ending = conversion(unit_of_name(setting.name), setting.unit)
            assert (ending.factor, ending.offset) == (1.0, 0.0), setting.name
        if setting.kind is Kind.COUNT:
            assert setting.name.endswith("_count")
