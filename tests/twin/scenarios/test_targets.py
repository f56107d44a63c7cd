import numpy as np
import pytest

from tests.twin.spindle import BEARING, RPM, SPEED_RAD_PER_S, opened
from twin.assembly.assemble import assemble
from twin.records.scenario import ChangeKind
from twin.scenarios.changes import prepare
from twin.scenarios.targets import change_of, targets_of
from twin.scene.load import load


@pytest.fixture(scope="module")
def spindle():
    return opened()


def test_every_target_can_be_asked_for(spindle):
    assembly, model = spindle
    found = targets_of(assembly, model)
    assert {item.kind for item in found} == {ChangeKind.INPUT, ChangeKind.MAINTENANCE, ChangeKind.PARAMETER}
    for item in found:
        value = None if item.kind is ChangeKind.MAINTENANCE else item.value or 1.0
        change = change_of(assembly, model, item.target, value=value, factor=None)
        if item.kind is not ChangeKind.MAINTENANCE:
            assert change.kind is item.kind
            prepare([change], assembly, model, samples=2, sample_s=1.0)


def test_a_logged_input_shows_no_value_and_a_parameter_its_own(spindle):
    found = {item.target: item for item in targets_of(*spindle)}
    assert found["hall/spindle/motor-1.speed_set_rad_per_s"].value is None
    assert found[f"{BEARING}.cooling_w_per_k"].value == 0.5
    assert found[BEARING].doc == "replace bearing"


def test_a_tag_takes_its_own_unit(spindle):
    change = change_of(*spindle, "SC-1", value=RPM, factor=None)
    assert change.target == "hall/spindle/motor-1.speed_set_rad_per_s"
    assert change.value == pytest.approx(SPEED_RAD_PER_S)
    assert np.isfinite(change.value)


def test_a_wear_state_is_set_as_a_fault(spindle):
    assert change_of(*spindle, f"{BEARING}.wear_ratio", value=0.5, factor=None).kind is ChangeKind.FAULT


def test_a_curve_is_stretched_and_not_moved_point_by_point():
    text = (
        "plant: p\nassets: [{id: pump, type: curve_pump}, {id: low, type: reservoir}, {id: high, type: reservoir}]\n"
        "connections: [[low.outlet, pump.inlet], [pump.outlet, high.outlet]]\n"
    )
    assembly = assemble(load(text))
    found = {item.target for item in targets_of(assembly, assembly.compile())}
    assert "pump.head_scale_ratio" in found
    assert not [target for target in found if "curve_" in target]
