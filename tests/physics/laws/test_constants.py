from physics import contract
from physics.laws import constants


def test_the_atmosphere_is_the_contracts():
    assert constants.ATMOSPHERE_PA == contract.ATMOSPHERE_PA


def test_standard_gravity_is_the_defined_value():
    assert constants.GRAVITY_M_PER_S2 == 9.80665  # CGPM 1901


def test_smoothing_widths_are_positive():
    widths = {name: value for name, value in vars(constants).items() if name.startswith(("STILL", "EDGE"))}
    assert min(widths.values()) > 0
