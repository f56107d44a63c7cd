"""What a component class collects from its declaration."""

from types import SimpleNamespace

import pytest

from physics.contract import (
    DOMAINS,
    Component,
    Correction,
    Failure,
    Kind,
    Port,
    Table,
    drive,
    parameter,
    state,
    table,
    unknown,
)


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


CURVE = Table("m**3/s", "m", "head curve", ((0.0, 20.0), (4e-3, 0.0)), 4, low=0.0, falling=True, name="head_curve")


def test_a_curve_is_seen_as_ordinary_parameters():
    class Blower(Component):
        name = "test_blower"
        head_curve = table("m**3/s", "m", "head", default=((0.0, 20.0), (4e-3, 0.0)), points=3, low=0.0)

    found = {q.name: (q.kind, q.unit, q.default) for q in Blower.declaration.quantities}
    assert found["head_curve_x1_m3_per_s"] == (Kind.PARAMETER, "m**3/s", 0.0)
    assert found["head_curve_y2_m"] == (Kind.PARAMETER, "m", 10.0)
    assert len(found) == 6


def test_a_short_list_of_points_is_filled_up_on_its_own_lines():
    numbers = CURVE.numbers([(0.0, 12.0), (3e-3, 0.0)])
    points = CURVE.of(numbers)
    assert [x for x, _ in points] == pytest.approx([0.0, 0.75e-3, 1.5e-3, 3e-3])
    assert [y for _, y in points] == pytest.approx([12.0, 9.0, 6.0, 0.0])


def test_filling_up_keeps_a_curve_that_is_straight_over_the_square():
    squared = Table("m**3/s", "m", "", ((0.0, 1.0), (1.0, 0.0)), 3, straight_over=2, name="curve")
    assert squared.of(squared.numbers([(0.0, 20.0), (4e-3, 0.0)]))[1] == pytest.approx((4e-3 * 0.5**0.5, 10.0))


@pytest.mark.parametrize(
    ("points", "at", "need"),
    [
        ([(0.0, 1.0)], 0, "2 to 4 points"),
        ([(0.0, 5.0), (1.0, 4.0), (2.0, 3.0), (3.0, 2.0), (4.0, 1.0)], 0, "2 to 4 points"),
        ([(0.0, 5.0), (0.0, 4.0)], 1, "x that rises from point to point"),
        ([(0.0, 5.0), (1.0, 5.0)], 1, "y that falls from point to point"),
        ([(-1.0, 5.0), (1.0, 4.0)], 0, "a finite number ≥ 0 m**3/s"),
        ([(0.0, float("nan")), (1.0, 4.0)], 0, "a finite number ≥ 0 m"),
    ],
)
def test_points_that_are_no_curve_are_refused(points, at, need):
    assert (at, need) in [(k, rule) for k, _, rule in CURVE.faults(points)]


def test_a_default_curve_that_breaks_its_rules_is_refused():
    with pytest.raises(ValueError, match="head_curve, default point 2: got x 0 after 1"):

        class Wrong(Component):
            name = "test_wrong"
            head_curve = table("m**3/s", "m", "head", default=((1.0, 20.0), (0.0, 0.0)))
