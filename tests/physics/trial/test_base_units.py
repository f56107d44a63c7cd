"""Hidden units and wrong endings are seen to be caught."""

from physics.laws import constants
from physics.trial import base_units
from tests.physics.trial import bad
from twin.cli.naming import NAMING


def test_a_sound_type_passes():
    assert base_units.names(bad.Damper, NAMING) == []
    assert base_units.law_in_other_units(bad.Damper, NAMING) == []


def test_a_bare_number_with_a_hidden_unit_is_told():
    gravity = constants.GRAVITY_M_PER_S2
    (fault,) = base_units.law_in_other_units(bad.HiddenUnit, NAMING)
    assert fault.where == "hidden_unit seen_w"
    assert gravity == constants.GRAVITY_M_PER_S2


def test_endings_that_are_not_the_unit_are_told():
    assert [f.got for f in base_units.names(bad.Misnamed, NAMING)] == ["unit 1/W"]
    assert [f.where for f in base_units.names(bad.Nameless, NAMING)] == ["nameless how_loud"]


def test_scale_follows_the_dimensions():
    # N = kg m / s2 in units of which 3, 1/2 and 2 make one
    assert NAMING.scale("N") == 3.0 * 0.5 / 2.0**2
    assert NAMING.scale("1") == 1.0
