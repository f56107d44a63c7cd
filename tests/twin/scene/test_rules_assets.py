import pytest

from twin.scene.findings import Findings
from twin.scene.load import parse
from twin.scene.rules_assets import bounds, check_assets
from twin.scene.types import installed

A = "  - {id: a, type: mover"


def found(text, types):
    scene, document = parse(f"plant: p\nassets:\n{text}\n")
    findings = Findings(document)
    check_assets(scene, types, findings)
    return [str(fault) for _path, fault in findings.found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A + "}\n" + A + "}", "plant.yaml:4 a: got the same id twice, need each id once. First on line 3."),
        ("  - {id: a.b, type: mover}", "need names of letters, digits, '-' and '_' joined by '/'"),
        ("  - {id: /a, type: mover}", "need names of letters"),
        ("  - {id: a, type: movr}", "plant.yaml:3 a.type: got 'movr', need a component type. Did you mean 'mover'?"),
        (A + ", parameters: {flow: 1}}", "plant.yaml:3 a.flow: got the unknown parameter 'flow', need a parameter of"),
        (A + ", parameters: {share_ratio: 1.5}}", "a.share_ratio: got 1.5, need between 0 and 1. Check sign and unit."),
        (A + ", parameters: {share_ratio: {prior: -1, sd: 1}}}", "got a prior of -1, need between 0 and 1"),
        (A + ", parameters: {flow_max_m3_per_s: -2}}", "got -2 m**3/s, need ≥ 0 m**3/s"),
        (A + ", parameters: {speed_rad_per_s: {prior: 1, sd: 1}}}", "got a prior of an input, need a number"),
        (A + ", start: {level_m: 1}}", "a.level_m: got the unknown state 'level_m', need a state of mover"),
        ("  - {id: a, type: vessel, start: {level_m: -1}}", "a.level_m: got -1 m, need ≥ 0 m"),
        (A + ", parameters: {share_ratio: {prior: 0.5, sd: 1, shared: true}}}", "got shared: true, need a start value"),
        (A + ", learn: [extra]}", "a.learn: got 'extra', need a correction of mover (extra_ratio)."),
        (A + ", learn: [extra_ratio, extra_ratio]}", "a.learn: got a correction twice, need each once."),
        (A + ", share: all}", "a.share: got 'all', need something to `learn` beside it."),
        (A + ", layers: [8]}", "a.layers: got [8], need something to `learn` beside it."),
        (A + ", memory: 2}", "a.memory: got 2, need something to `learn` beside it."),
        (A + ", learn: [extra_ratio], memory: 9}", "a.memory: got 9, need at most 8 units."),
        (A + ", learn: [extra_ratio], layers: [8, 512]}", "got [8, 512], need at most 4 layers of at most 256 units."),
        (A + ", learn: [extra_ratio], layers: [1, 1, 1, 1, 1]}", "need at most 4 layers of at most 256 units."),
    ],
)
def test_broken_rule_is_named(text, expected, types):
    assert any(expected in fault for fault in found(text, types)), found(text, types)


def test_assets_that_share_must_be_alike(types):
    text = f"{A}, learn: [extra_ratio], share: all}}\n  - {{id: b, type: mover, learn: [], share: all}}"
    assert any("b.share: got mover learning nothing" in fault for fault in found(text, types))


def test_assets_that_share_must_have_like_layers(types):
    text = f"{A}, learn: [extra_ratio], share: all}}\n  - {{id: b, type: mover, learn: [extra_ratio], share: all, "
    assert found(text + "layers: []}", types) == []
    (fault,) = found(text + "layers: [8, 4]}", types)
    assert "b.share: got mover learning extra_ratio in layers [8, 4], need the type and corrections of a" in fault
    (fault,) = found(text + "memory: 2}", types)
    assert "b.share: got mover learning extra_ratio with memory 2, need the type and corrections of a" in fault


@pytest.mark.parametrize(
    "text",
    [
        A + ", parameters: {speed_rad_per_s: 3}}",
        A + ", start: {outlet.pressure_pa: 2.0e+5, inlet.enthalpy_j_per_kg: 0}}",
        "  - {id: halle_2/straße-1/pumpe, type: mover}",
    ],
)
def test_held_inputs_efforts_and_letters_of_any_language_are_sound(text, types):
    assert found(text, types) == []


@pytest.mark.parametrize("share", ["a", "b", "x.y"])
def test_share_is_a_name_of_its_own(share, types):
    text = f"{A}, learn: [extra_ratio], share: {share}}}\n  - {{id: b, type: shaft}}"
    assert any(f"a.share: got '{share}', need a name" in fault for fault in found(text, types))


def test_bounds_in_words():
    inf = float("inf")
    assert bounds(0, inf, " m") == "≥ 0 m"
    assert bounds(-inf, 1) == "≤ 1"
    assert bounds(0, 1) == "between 0 and 1"


PUMP = "  - {id: a, type: curve_pump, parameters: "
RISES, FALLS = "need x that rises from point to point", "need y that falls from point to point"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("{head_curve: [[0, 20], [0, 15]]}}", f"plant.yaml:3 a.head_curve[1]: got x 0 after 0, {RISES}"),
        ("{head_curve: [[0, 20], [0.1, 20]]}}", f"a.head_curve[1]: got y 20 after 20, {FALLS}"),
        ("{head_curve: [[0, 20]]}}", "a.head_curve[0]: got 1 points, need 2 to 8 points"),
        ("{head_curve: []}}", "a.head_curve[0]: got 0 points, need 2 to 8 points"),
        ("{head_curve: [[-1, 20], [0, 15]]}}", "a.head_curve[0]: got x -1 m**3/s, need a finite number ≥ 0 m**3/s"),
        ("{head_curve: 7}}", "a.head_curve: got 7, need 2 to 8 points [x, y] in m**3/s and m"),
        ("{head_curve: {prior: 7, sd: 1}}}", "a.head_curve: got a prior, need 2 to 8 points"),
        ("{inertia_kg_m2: [[1, 2], [2, 1]]}}", "a.inertia_kg_m2: got 2 points, need a number in kg*m**2"),
        ("{head_curve_y1_m: 7}}", "the unknown parameter 'head_curve_y1_m', need a parameter of curve_pump. Did you"),
        ("{head_curv: [[0, 20], [1, 1]]}}", "Did you mean 'head_curve'?"),
    ],
)
def test_points_that_are_no_curve_are_named(parameters, expected):
    faults = found(PUMP + parameters, installed())
    assert any(expected in fault for fault in faults), faults
