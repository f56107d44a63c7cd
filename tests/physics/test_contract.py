"""What a component class collects from its declaration."""

from types import SimpleNamespace

import pytest

from physics.contract import DOMAINS, Component, Correction, Failure, Kind, Port, drive, parameter, state, unknown


class Fan(Component):
    """A part that declares one of everything."""

    name = "test_fan"
    shaft = Port("rotation", "where it is driven")
    drag_n_m_s = parameter("N*m*s", "drag", default=0.2, low=0.0)
    wear_ratio = state("1", "wear", low=0.0, slow=True)
    slip_ratio = unknown("1", "slip", nominal=0.1)
    opening_ratio = drive("1", "damper", default=1.0)
    extra_ratio = Correction("1", "unexplained drag")
    failures = (Failure("worn", when="wear_ratio", limit=1.0),)


def test_every_declared_thing_takes_its_attributes_name():
    declared = Fan.declaration
    assert [port.name for port in declared.ports] == ["shaft"]
    assert [quantity.name for quantity in declared.quantities] == [
        "drag_n_m_s", "wear_ratio", "slip_ratio", "opening_ratio",
    ]  # fmt: skip
    assert [correction.name for correction in declared.corrections] == ["extra_ratio"]
    assert declared.failures[0].when == "wear_ratio"


def test_quantities_keep_their_role_and_range():
    by_name = Fan.declaration.by_name
    assert [by_name[name].kind for name in ("drag_n_m_s", "wear_ratio", "slip_ratio", "opening_ratio")] == [
        Kind.PARAMETER, Kind.STATE, Kind.UNKNOWN, Kind.INPUT,
    ]  # fmt: skip
    assert by_name["drag_n_m_s"].low == 0.0
    assert by_name["wear_ratio"].slow
    assert by_name["slip_ratio"].nominal == 0.1


def test_a_class_without_a_law_says_so():
    with pytest.raises(NotImplementedError, match="Fan declares no law"):
        Fan().law(SimpleNamespace())


def test_every_domain_but_signals_has_a_flow_and_power_is_in_watts():
    units = {name: (domain.unit, domain.flow_unit) for name, domain in DOMAINS.items() if domain.flow}
    assert units == {
        "liquid": ("Pa", "kg/s"),
        "gas": ("Pa", "kg/s"),
        "rotation": ("rad/s", "N*m"),
        "translation": ("m/s", "N"),
        "electrical": ("V", "A"),
        "thermal": ("K", "W"),
    }
