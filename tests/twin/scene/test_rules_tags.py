import pytest

from twin.scene.findings import Findings
from twin.scene.load import parse
from twin.scene.rules_tags import check_kpis, check_tags, kpi_unit
from twin.scene.scene import Reduction
from twin.units import conversion

ASSETS = "plant: p\nassets: [{id: t, type: vessel}, {id: m, type: mover}, {id: g, type: gauge}]\n"


def found(text, types):
    scene, document = parse(ASSETS + text + "\n")
    findings = Findings(document)
    check_tags(scene, types, findings)
    check_kpis(scene, types, findings)
    return [str(fault) for _path, fault in findings.found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sensors: [{tag: a, measures: x.level_m, unit: m}]", "plant.yaml:3 a: got the unknown asset 'x'"),
        (
            "sensors: [{tag: a, measures: t.levl_m, unit: m}]",
            "got 't.levl_m', need a state, observable or port quantity",
        ),
        ("sensors: [{tag: a, measures: t.area_m2, unit: m}]", "got 't.area_m2', need a state, observable"),
        ("sensors: [{tag: a, measures: m.extra_ratio}]", "got 'm.extra_ratio', need a state, observable"),
        ("sensors: [{tag: a, measures: t.level_m, unit: bar}]", "a.unit: got 'bar', need a unit that converts to m."),
        (
            "sensors: [{tag: a, measures: t.level_m, unit: blub}]",
            "a unit that converts to m. It is no unit that we know.",
        ),
        ("sensors: [{tag: a, unit: blub}]", "a.unit: got 'blub', need a unit that pint knows."),
        ("sensors: [{tag: a}, {tag: a}]", "a: got the same tag twice, need each tag once. First on line 3."),
        (
            "sensors: [{tag: a}]\ninputs: [{tag: a, drives: m.speed_rad_per_s, unit: rpm}]",
            "plant.yaml:4 a: got a tag that is sensor and input, need each tag once.",
        ),
        ("inputs: [{tag: a, drives: t.level_m, unit: m}]", "a: got 't.level_m', need an input of vessel. It has none."),
        (
            "inputs: [{tag: a, drives: m.speed_rad, unit: rpm}]",
            "need an input of mover. Did you mean 'speed_rad_per_s'?",
        ),
        (
            "inputs:\n- {tag: a, drives: m.speed_rad_per_s, unit: rpm}\n- {tag: b, drives: m.speed_rad_per_s}",
            "plant.yaml:5 b: got m.speed_rad_per_s driven by two tags, need one tag per input. First on line 4.",
        ),
        ("kpis: [{name: k, quantity: m.power_w, unit: kWh}]", "k.unit: got 'kWh', need a unit that converts to W."),
        ("kpis: [{name: k, quantity: m.nothing}]", "k: got 'm.nothing', need a state, observable"),
        (
            "kpis: [{name: k, quantity: m.power_w, unit: W}, {name: k, quantity: m.power_w, unit: W}]",
            "k: got the same KPI twice",
        ),
    ],
)
def test_broken_rule_is_named(text, expected, types):
    assert any(expected in fault for fault in found(text, types)), found(text, types)


@pytest.mark.parametrize(
    "path",
    ["t.bottom.pressure_pa", "t.bottom.enthalpy_j_per_kg", "m.inlet.mass_flow_kg_per_s", "g.out.value", "m.power_w"],
)
def test_efforts_flows_signals_and_observables_can_be_measured(path, types):
    unit = {"pa": "bar", "kg": "J/kg", "s": "kg/h", "value": "1", "w": "kW"}[path.rsplit("_", 1)[-1].rsplit(".", 1)[-1]]
    assert found(f"sensors: [{{tag: a, measures: {path}, unit: {unit}}}]", types) == []


def test_two_sensors_may_measure_the_same(types):
    text = "sensors: [{tag: a, measures: t.level_m, unit: m}, {tag: b, measures: t.level_m, unit: mm}]"
    assert found(text, types) == []


@pytest.mark.parametrize(
    ("unit", "integral"),
    [("W", "J"), ("A", "C"), ("1", "s"), ("m**3/s", "m**3"), ("1/s", "1"), ("K", "K*s"), ("m/s**2", "m/s**2*s")],
)
def test_integral_multiplies_by_seconds(unit, integral):
    assert kpi_unit(unit, Reduction.INTEGRAL) == integral
    assert conversion(integral, f"({unit})*s").factor == pytest.approx(1.0)
    assert kpi_unit(unit, Reduction.MEAN) == unit
