"""Names and units as the trials of component types read them."""

import pytest

from twin.cli.naming import NAMING


def test_units_are_the_same_however_they_are_spelt():
    assert NAMING.same("W/K", "W/K")
    assert NAMING.same(NAMING.unit_of_name("torque_n_m"), "N*m")
    assert not NAMING.same("kW", "W")
    assert not NAMING.same("J", "W")


def test_dimensions_are_powers_of_base_dimensions():
    assert NAMING.dimensions("W") == {"[mass]": 1.0, "[length]": 2.0, "[time]": -3.0}
    assert NAMING.dimensions("1") == {}


def test_a_name_without_a_unit_is_refused():
    with pytest.raises(ValueError, match="how_loud"):
        NAMING.unit_of_name("how_loud")
