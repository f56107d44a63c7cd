"""Every component type: names, units, bounds, and laws that do not care which base units one counts in."""

import inspect

import numpy as np
import pytest

from physics import catalogue
from physics.contract import DOMAINS, Kind
from physics.laws import constants
from tests.contract.points import random_points
from tests.physics.evaluate import evaluate
from twin.units import conversion, registry, spell, unit_of_name

TYPES = catalogue.components()
BASE = {"[mass]": 3.0, "[length]": 0.5, "[time]": 2.0, "[temperature]": 1.7, "[current]": 0.7}
"""How many new base units make one SI base unit; any positive numbers."""

EVENTS = (".on", ".off", ".reset_when")
"""Expressions of which only the sign counts."""

DOCSTRING_LINES = ("Equations", "Symbols", "Source", "Valid")


@pytest.mark.parametrize("name", TYPES)
def test_a_type_keeps_the_contract(name):
    assert catalogue.check(TYPES[name]) == []


@pytest.mark.parametrize("name", TYPES)
def test_a_file_says_equations_symbols_source_and_valid_range(name):
    lines = (inspect.getmodule(TYPES[name]).__doc__ or "").splitlines()
    assert [word for word in DOCSTRING_LINES if not any(line.startswith(word) for line in lines)] == []


@pytest.mark.parametrize("name", TYPES)
def test_names_end_in_the_declared_unit(name):
    declared = TYPES[name].declaration
    for item in (*declared.quantities, *declared.corrections):
        ending = conversion(unit_of_name(item.name), item.unit)
        assert (ending.factor, ending.offset) == (1.0, 0.0), item.name


@pytest.mark.parametrize("name", TYPES)
def test_observables_end_in_a_unit(name):
    for key in evaluate(TYPES[name]):
        if "." not in key:
            assert unit_of_name(key)


@pytest.mark.parametrize("name", TYPES)
def test_a_law_is_the_same_in_other_base_units(name, monkeypatch):
    kind = TYPES[name]
    points = random_points(kind, corrected=True)
    expected = evaluate(kind, points)
    for constant in [item for item in vars(constants) if item.isupper()]:
        unit = unit_of_name(constant.lower())
        monkeypatch.setattr(constants, constant, getattr(constants, constant) * scale(unit))
    evaluate_again = _uncached(kind)
    restated = evaluate_again({path: value * scale(unit_of_path(kind, path)) for path, value in points.items()})
    for key, value in expected.items():
        if key.endswith(EVENTS):
            np.testing.assert_array_equal(np.sign(restated[key]), np.sign(value), err_msg=key)
            continue
        factor = scale(unit_of_key(kind, key))
        np.testing.assert_allclose(restated[key], value * factor, rtol=1e-7, atol=1e-9 * factor, err_msg=key)


def _uncached(kind):
    """The law traced afresh, so that it reads the restated constants."""
    from tests.physics import evaluate as module

    module._function.cache_clear()

    def run(values):
        try:
            return evaluate(kind, values)
        finally:
            module._function.cache_clear()

    return run


def scale(unit: str) -> float:
    """Numbers in a unit become this times larger in the new base units."""
    dimensions = registry().Unit(spell(unit) if unit != "1" else "dimensionless").dimensionality
    return float(np.prod([BASE[base] ** float(power) for base, power in dimensions.items()]))


def unit_of_path(kind, path: str) -> str:
    """SI unit of something that a law reads."""
    if "." not in path:
        declared = {q.name: q.unit for q in (*kind.declaration.quantities, *kind.declaration.corrections)}
        return declared[path]
    port = next(port for port in kind.declaration.ports if port.name == path.split(".")[0])
    return port.unit if port.domain == "signal" else unit_of_name(path.split(".")[1])


def unit_of_key(kind, key: str) -> str:
    """SI unit of something that a law returns."""
    if "." not in key:
        return unit_of_name(key)
    owner, what = key.split(".", 1)
    if what.startswith("features"):
        return "1"
    quantity = kind.declaration.by_name.get(owner)
    if quantity is not None and what in ("reset_to", "residual"):
        return quantity.unit
    if quantity is not None and quantity.kind is Kind.STATE:
        return f"{quantity.unit}/s" if quantity.unit != "1" else "1/s"
    port = next(port for port in kind.declaration.ports if port.name == owner)
    domain = DOMAINS[port.domain]
    if what == "storage":
        return f"({domain.flow_unit})*s/({domain.unit})"
    return port.unit if port.domain == "signal" else unit_of_name(what)
