import pytest

from tests.twin.bottles import NOISY, TEXT
from twin.assembly.line import layout_of
from twin.errors import InvalidInput
from twin.records.scenario import Change, ChangeKind
from twin.scenarios.line_changes import changed, line_targets
from twin.scene.load import load


@pytest.fixture(scope="module")
def layout():
    return layout_of(load(NOISY))


def do(layout, target, **what):
    part, _, name = target.partition(".")
    found = changed(layout, [(0, Change(ChangeKind.SETTING, target, **what))])
    return next(item for item in found.parts if item.name == part).settings[name]


def test_numbers_counts_and_defaults_are_set_and_scaled(layout):
    assert do(layout, "line/buffer.capacity_count", value=20.0) == 20
    assert do(layout, "line/buffer.capacity_count", factor=2.0) == 10
    assert do(layout, "line/belt.speed_m_per_s", factor=1.1) == pytest.approx(0.55)
    assert do(layout, "line/fitters.crew_count", value=2.0) == 2  # 1 by default
    assert do(layout, "line/belt.pitch_m", factor=0.5) == 0.25  # 0.5 m by default


def test_a_time_keeps_the_form_of_its_distribution(layout):
    assert do(layout, "line/filler.cycle_s", factor=0.5) == {"gamma": {"mean_s": 5.0, "shape": 20}}
    assert do(layout, "line/filler.cycle_s", value=8.0) == {"gamma": {"mean_s": 8.0, "shape": 20}}
    assert do(layout, "line/packer.cycle_s", factor=2.0) == {"lognormal": {"mean_s": 18.0, "sd_s": 2.0}}
    assert do(layout, "line/capper.cycle_s", factor=2.0) == {"water": 19.0, "juice": 21.0}
    assert do(layout, "line/source.interval_s", value=15.0) == 15.0


def test_an_empirical_list_scales_value_by_value():
    text = TEXT.replace("cycle_s: 12.0", "cycle_s: {empirical: {values_s: [10.0, 14.0]}}")
    scene = layout_of(load(text))
    assert do(scene, "line/capper.cycle_s", factor=2.0) == {"empirical": {"values_s": [20.0, 28.0]}}
    assert do(scene, "line/capper.cycle_s", value=6.0) == {"empirical": {"values_s": [5.0, 7.0]}}
    assert next(item.value for item in line_targets(scene) if item.target == "line/capper.cycle_s") == 12.0


def test_targets_are_every_number_of_the_line(layout):
    found = {item.target: item for item in line_targets(layout)}
    assert found["line/filler.cycle_s"].value == 10.0
    assert found["line/capper.cycle_s"].value is None  # by product
    assert found["line/buffer.capacity_count"].low == 1
    assert "line/filler.blocking" not in found  # a word
    assert all(item.kind is ChangeKind.SETTING for item in found.values())


def test_all_changes_that_cannot_be_made_are_told(layout):
    setting = ChangeKind.SETTING
    bad = (
        Change(setting, "line/buffer.size", value=1.0),
        Change(setting, "line/nothing.capacity_count", value=1.0),
        Change(setting, "line/buffer.capacity_count", value=0.0),
        Change(setting, "line/buffer.capacity_count", value=2.5),
        Change(setting, "line/belt.speed_m_per_s", factor=-1.0),
        Change(setting, "line/filler.cycle_s", value=-1.0),
        Change(setting, "line/capper.scrap_ratio", factor=100.0),
        Change(setting, "line/buffer.capacity_count", value=5.0, at_s=60.0),
        Change(setting, "line/buffer.capacity_count"),
    )
    with pytest.raises(InvalidInput) as refused:
        changed(layout, list(enumerate(bad)))
    assert [fault.where for fault in refused.value.faults] == [
        "changes[0].target", "changes[1].target", "changes[2].value", "changes[3].value", "changes[4].value",
        "changes[5].value", "changes[6].value", "changes[7].at_s", "changes[8]",
    ]  # fmt: skip
    assert "It has: capacity_count." in str(refused.value)


def test_turns_scale_value_by_value():
    text = TEXT.replace("cycle_s: 12.0", "cycle_s: {sequence: {turns_s: [[10.0, 12.0], [14.0, 16.0]]}}")
    scene = layout_of(load(text))
    assert do(scene, "line/capper.cycle_s", value=6.5) == {"sequence": {"turns_s": [[5.0, 6.0], [7.0, 8.0]]}}
