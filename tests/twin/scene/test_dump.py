"""Writing a scene and reading it again loses nothing, whatever the scene."""

import json
import string

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from twin.scene.dump import LINE_WIDTH, document, dump, dump_json
from twin.scene.load import load, parse
from twin.scene.scene import (
    Asset,
    Input,
    Interpolation,
    Kpi,
    Pose,
    Prior,
    Reduction,
    Scene,
    Sensor,
    Site,
)

words = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=20).filter(
    lambda text: text.isprintable()
)
names = st.text(string.ascii_lowercase + string.digits + "_-", min_size=1, max_size=8)
numbers = st.floats(allow_nan=False, allow_infinity=False)
positive = st.floats(min_value=1e-300, max_value=1e300)
values = st.one_of(numbers, st.builds(Prior, numbers, positive, st.booleans()))
curves = st.lists(st.tuples(numbers, numbers), max_size=3).map(tuple)
vectors = st.tuples(numbers, numbers, numbers)
assets = st.builds(
    Asset,
    id=names,
    type=names,
    name=st.one_of(st.just(""), words),
    parameters=st.dictionaries(names, st.one_of(values, curves), max_size=3),
    start=st.dictionaries(names, values, max_size=2),
    learn=st.lists(names, max_size=2).map(tuple),
    share=st.one_of(st.just(""), words),
    layers=st.lists(st.integers(1, 256), max_size=3).map(tuple),
    memory=st.integers(0, 8),
    critical=st.booleans(),
    pose=st.one_of(st.none(), st.builds(Pose, vectors, vectors)),
    geometry=st.one_of(st.just(""), words),
)
sensors = st.builds(
    Sensor,
    tag=words,
    measures=st.one_of(st.just(""), words),
    unit=words,
    noise_sd=st.floats(min_value=0.0, max_value=1e300),
    interpolation=st.sampled_from(Interpolation),
)
inputs = st.builds(Input, tag=words, drives=words, unit=words, interpolation=st.sampled_from(Interpolation), name=words)
kpis = st.builds(Kpi, words, words, st.sampled_from(Reduction), words, st.sampled_from(["", "lower", "higher"]))
scenes = st.builds(
    Scene,
    plant=words,
    site=st.builds(Site, words, words, words),
    assets=st.lists(assets, max_size=3).map(tuple),
    connections=st.lists(st.tuples(words, words), max_size=3).map(tuple),
    sensors=st.lists(sensors, max_size=3).map(tuple),
    inputs=st.lists(inputs, max_size=2).map(tuple),
    kpis=st.lists(kpis, max_size=2).map(tuple),
    events_source=st.one_of(st.just(""), words),
    sampling_s=st.one_of(st.none(), positive),
    synthetic=st.booleans(),
    description=st.one_of(st.just(""), words),
)
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


@often
@example(Scene(plant="p", site=Site("s", "UTC"), kpis=(Kpi("?0", "?x: y", Reduction.MEAN, "?"),)))
@given(scenes)
def test_yaml_round_trip_loses_nothing(scene):
    read, found = parse(dump(scene))
    assert found.faults == []
    assert read == scene


@often
@given(scenes)
def test_json_round_trip_loses_nothing(scene):
    read, found = parse(dump_json(scene))
    assert found.faults == []
    assert read == scene


def test_sound_scene_survives_load_and_dump(plant, types):
    scene = load(plant, types=types)
    assert load(dump(scene), types=types) == scene
    assert dump(load(dump(scene), types=types)) == dump(scene)


def test_defaults_are_not_written_but_zero_is():
    scene = Scene("p", assets=(Asset("a", "tank", start={"level_m": 0.0}),), sensors=(Sensor("t"),))
    assert document(scene) == {
        "plant": "p",
        "assets": [{"id": "a", "type": "tank", "start": {"level_m": 0.0}}],
        "sensors": [{"tag": "t"}],
    }


def test_file_is_readable_one_entry_a_line(plant, types):
    lines = dump(load(plant, types=types)).splitlines()
    assert "  - {id: hall/gauge, type: gauge}" in lines
    assert "  - [hall/tank.bottom, hall/pump.inlet]" in lines
    assert max(map(len, lines)) <= LINE_WIDTH + 10


def test_document_is_plain_json(plant, types):
    scene = load(plant, types=types)
    assert json.loads(json.dumps(document(scene))) == document(scene)
