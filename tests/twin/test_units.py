"""Expected factors are the definitions of the units: SI brochure (2019), ISO 2533 for the standard atmosphere."""

import math

import numpy as np
import pytest

from twin.units import UnitError, conversion, si_unit, spell, unit_of_name, words_of_name

ROUNDING = 1e-14


@pytest.mark.parametrize(
    ("unit", "inside", "value", "expected"),
    [
        ("°C", "K", 25.0, 298.15),
        ("degC", "K", -273.15, 0.0),
        ("°F", "K", 212.0, 373.15),
        ("bar", "Pa", 2.5, 2.5e5),
        ("barg", "Pa", 0.0, 101_325.0),
        ("bar(g)", "Pa", 1.0, 201_325.0),
        ("kPag", "Pa", 100.0, 201_325.0),
        ("rpm", "rad/s", 60.0, 2 * math.pi),
        ("%", "1", 80.0, 0.8),
        ("percent", "1", 100.0, 1.0),
        ("L/min", "m**3/s", 60.0, 1e-3),
        ("L/min", "m3/s", 60.0, 1e-3),
        ("m³/h", "m**3/s", 3600.0, 1.0),
        ("N·m", "N*m", 3.0, 3.0),
        ("Nm", "N*m", 3.0, 3.0),
        ("g", "m/s**2", 1.0, 9.80665),
        ("g", "kg", 1.0, 1e-3),
        ("kWh", "J", 1.0, 3.6e6),
        ("kWh", "(W)*s", 1.0, 3.6e6),
        ("mA", "A", 20.0, 0.02),
        ("", "1", 0.3, 0.3),
        ("-", "1", 0.3, 0.3),
    ],
)
def test_value_converts_and_comes_back(unit, inside, value, expected):
    found = conversion(unit, inside)
    assert found.to_si(value) == pytest.approx(expected, rel=ROUNDING, abs=1e-10)
    assert found.from_si(expected) == pytest.approx(value, rel=ROUNDING, abs=1e-10)


def test_spread_of_a_temperature_has_no_offset():
    found = conversion("°C", "K")
    assert found.spread_to_si(0.5) == pytest.approx(0.5)
    assert conversion("°F", "K").spread_to_si(9.0) == pytest.approx(5.0)
    assert found.spread_from_si(0.5) == pytest.approx(0.5)


def test_array_converts_elementwise_and_missing_stays_missing():
    found = conversion("°C", "K").to_si(np.array([0.0, np.nan, 100.0]))
    np.testing.assert_allclose(found, [273.15, np.nan, 373.15])


@pytest.mark.parametrize(
    ("unit", "inside"),
    [
        ("bar", "K"),
        ("furlongs/blink", "m/s"),
        ("Hz", "rad/s"),
        ("rpm", "Hz"),
        ("kg", "1"),
        ("import os", "m"),
        ("V", "A"),
    ],
)
def test_wrong_unit_is_refused_by_name(unit, inside):
    with pytest.raises(UnitError) as refusal:
        conversion(unit, inside)
    assert refusal.value.unit == unit
    assert refusal.value.needed == inside


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("torque_n_m", "N*m"),
        ("flow_m3_per_s", "m**3/s"),
        ("head_shutoff_m", "m"),
        ("wear_per_j", "1/J"),
        ("heat_j_per_kg_k", "J/kg/K"),
        ("opening_ratio", "1"),
        ("part_count", "1"),
        ("vibration_m_per_s2", "m/s**2"),
    ],
)
def test_name_tells_its_unit(name, unit):
    assert unit_of_name(name) == unit


def test_name_without_unit_is_refused():
    with pytest.raises(UnitError):
        unit_of_name("speed")


def test_stored_only_tag_has_the_si_unit_of_its_dimension():
    assert si_unit("°C") == "K"
    assert conversion("bar", si_unit("bar")).to_si(1.0) == pytest.approx(1e5)
    assert si_unit("%") == "1"
    with pytest.raises(UnitError):
        si_unit("blub")


def test_spelling_keeps_names_with_digits():
    assert spell("mH2O") == "mH2O"
    assert spell("m/s2") == "m/s**2"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("area_m2", "area"),
        ("wear_ratio", "wear"),
        ("conductance_w_per_k", "conductance"),
        ("wear_per_j", "wear"),
        ("speed", "speed"),
        ("m2", "m2"),
    ],
)
def test_a_name_without_its_unit_is_what_people_say(name, words):
    assert words_of_name(name) == words
