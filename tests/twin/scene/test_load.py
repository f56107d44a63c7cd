"""Every fault of form, with its line; and a sound file as records."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from twin.errors import InvalidInput
from twin.scene.load import load, load_with_lines, parse
from twin.scene.scene import Interpolation, Pose, Prior, Reduction, Site


def faults(text, types):
    with pytest.raises(InvalidInput) as refusal:
        load(text, types=types)
    return [str(fault) for fault in refusal.value.faults]


def test_sound_file_becomes_a_scene(plant, types):
    scene = load(plant, types=types)
    assert scene.site == Site("Hall 2", "Europe/Berlin")
    assert scene.asset("hall/pump").parameters == {"flow_max_m3_per_s": Prior(2e-3, 4e-4)}
    assert scene.asset("hall/tank").start == {"level_m": Prior(0.5, 0.1)}
    assert scene.sensor("LT-1").noise_sd == 2.0
    assert scene.sensor("VT-1").measures == ""
    assert scene.input("SC-1").interpolation is Interpolation.STEP
    assert scene.kpis[0].reduction is Reduction.INTEGRAL
    assert scene.events_source == "events.csv"
    assert [sensor.tag for sensor in scene.modelled_sensors] == ["LT-1", "FT-1", "TT-1"]
    assert scene.tags == ("LT-1", "FT-1", "TT-1", "VT-1", "SC-1")


def test_pose_and_flags_are_read(types):
    pose = "pose: {position_m: [1, 2.5, 0]}"
    text = f"plant: p\nassets:\n  - {{id: a, type: vessel, critical: true, {pose}, geometry: a.usd}}\n"
    asset = load(text, types=types).asset("a")
    assert asset.pose == Pose((1.0, 2.5, 0.0))
    assert asset.critical
    assert asset.geometry == "a.usd"


def test_all_faults_come_at_once_in_the_order_of_lines(plant, types):
    text = (
        plant.replace("Europe/Berlin", "Europe/Berln")
        .replace("area_m2: 2.0", "area_m2: -2.0")
        .replace("type: gauge", "typ: gauge")
        .replace("hall/pump.outlet", "hall/pump.outlt")
        .replace("noise_sd: 2.0", "noise_sd: lots")
        .replace("unit: rpm", "unit: bar")
        .replace("reduction: integral", "reduction: sum")
    )
    found = faults(text, types)
    assert found == [
        "plant.yaml:2 site.time_zone: got 'Europe/Berln', need an IANA time zone such as Europe/Berlin.",
        "plant.yaml:4 hall/tank.area_m2: got -2 m**2, need ≥ 0.001 m**2. Check sign and unit.",
        "plant.yaml:6 hall/gauge.type: got nothing, need a text. Add `type: …`.",
        "plant.yaml:6 hall/gauge.typ: got the unknown key 'typ', need one of the keys critical, geometry, id, layers, "
        "learn, memory, name, parameters, pose, settings, share, start, terms, type. Did you mean 'type'?",
        "plant.yaml:10 hall/pump.outlt: got the unknown port 'outlt', need a port of mover. Did you mean 'outlet'?",
        "plant.yaml:14 LT-1.noise_sd: got 'lots', need a finite number.",
        "plant.yaml:19 SC-1.unit: got 'bar', need a unit that converts to rad/s.",
        "plant.yaml:21 energy.reduction: got 'sum', need one of mean, integral, minimum, maximum, final.",
        "plant.yaml:21 energy.unit: got 'kWh', need a unit that converts to W.",
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sampling_s: 0", "plant.yaml:2 sampling_s: got 0, need a number of seconds > 0."),
        ("sampling_s: .nan", "plant.yaml:2 sampling_s: got nan, need a number of seconds > 0."),
        ("synthetic: maybe", "plant.yaml:2 synthetic: got 'maybe', need true or false."),
        ("assets: {}", "plant.yaml:2 assets: got {}, need a list."),
        ("assets: [pump]", "plant.yaml:2 assets[0]: got 'pump', need a mapping of keys."),
        ("site: Hall 2", "plant.yaml:2 site: got 'Hall 2', need a mapping of keys."),
        ("connections: [a.b]", "plant.yaml:2 connections: got 'a.b', need a pair [asset.port, asset.port]."),
        ("connections: [[a.b]]", "plant.yaml:2 connections: got ['a.b'], need a pair [asset.port, asset.port]."),
        ("plant: again", "plant.yaml:2 plant: got the same key twice, need each key once. First on line 1."),
        ("sensors: [{tag: [x]}]", "plant.yaml:2 sensors[0].tag: got ['x'], need a text."),
        ("description: [x]", "plant.yaml:2 description: got ['x'], need a text."),
    ],
)
def test_fault_of_form_names_line_value_and_rule(line, expected, types):
    assert expected in faults(f"plant: p\n{line}\n", types)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("true", "got True, need a finite number in SI or {prior: …, sd: …}"),
        ("'1,5'", "got '1,5', need a finite number in SI"),
        (".inf", "got inf, need a finite number in SI"),
        ("{prior: 1}", "a.area_m2.sd: got nothing, need a finite number > 0"),
        ("{prior: 1, sd: 0}", "a.area_m2.sd: got 0, need a finite number > 0"),
        ("{prior: x, sd: 1}", "a.area_m2.prior: got 'x', need a finite number"),
        ("{prior: 1, sd: 1, low: 0}", "got the unknown key 'low', need one of the keys prior, sd, shared"),
    ],
)
def test_parameter_that_is_no_number_is_refused(value, expected, types):
    found = faults(f"plant: p\nassets:\n  - {{id: a, type: vessel, parameters: {{area_m2: {value}}}}}\n", types)
    assert any(expected in fault for fault in found), found


@pytest.mark.parametrize("text", ["", "[]", "just words", "42"])
def test_file_without_a_plant_is_refused(text, types):
    assert faults(text, types)


def test_form_alone_needs_no_catalogue(plant):
    scene, document = parse(plant)
    assert document.faults == []
    assert len(scene.assets) == 4


def test_lines_come_along_for_later_faults(plant, types):
    assert load_with_lines(plant, types=types)[1].line(("assets", 1)) == 5


def test_byte_order_and_unicode_survive(types):
    assert load("plant: p\nsite: {name: Werk Düsseldorf – Süd}\n", types=types).site.name == "Werk Düsseldorf – Süd"


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_no_text_does_worse_than_a_refusal(plant, types, data):
    """A plant file with a stretch replaced by anything is read or refused in our words, never by another error."""
    first = data.draw(st.integers(0, len(plant)))
    last = data.draw(st.integers(first, min(first + 40, len(plant))))
    junk = data.draw(
        st.one_of(st.text(max_size=12), st.sampled_from(["[]", "{}", "null", "- ", "1e999", "&a", "*a", "!!x "]))
    )
    found = []
    try:
        load(plant[:first] + junk + plant[last:], types=types)
    except InvalidInput as refusal:
        found = list(refusal.faults)
    assert all(fault.where and fault.got and fault.need for fault in found)


PUMP = "plant: p\nassets:\n  - id: a\n    type: curve_pump\n    parameters:\n"


def test_a_curve_is_read_as_points():
    text = PUMP + "      head_curve: [[0, 20], [0.002, 15], [0.004, 0]]\n      inertia_kg_m2: 0.02\n"
    scene, document = parse(text)
    assert document.faults == []
    expected = {"head_curve": ((0.0, 20.0), (0.002, 15.0), (0.004, 0.0)), "inertia_kg_m2": 0.02}
    assert scene.asset("a").parameters == expected


def test_what_is_no_point_is_named_with_its_line():
    text = PUMP + "      head_curve:\n        - [0, 20]\n        - [0.002, lots]\n        - 7\n        - [.nan, 1]\n"
    scene, document = parse(text)
    assert scene.asset("a").parameters == {}
    assert [str(fault) for _path, fault in document.faults] == [
        "plant.yaml:8 a.head_curve[1]: got [0.002, 'lots'], need a point [x, y] of two finite numbers.",
        "plant.yaml:9 a.head_curve[2]: got 7, need a point [x, y] of two finite numbers.",
        "plant.yaml:10 a.head_curve[3]: got [nan, 1], need a point [x, y] of two finite numbers.",
    ]
