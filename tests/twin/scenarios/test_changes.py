import numpy as np
import pytest

from physics.contract import Kind
from tests.twin.spindle import BEARING, opened
from twin.assembly.assemble import assemble
from twin.errors import InvalidInput
from twin.records.scenario import Change, ChangeKind
from twin.scenarios.changes import prepare
from twin.scene.load import load

VALVE = """\
plant: tap
assets:
  - {id: mains, type: reservoir}
  - {id: valve, type: valve}
  - {id: drain, type: reservoir}
connections:
  - [mains.outlet, valve.inlet]
  - [valve.outlet, drain.outlet]
"""
SPEED = "hall/spindle/motor-1.speed_set_rad_per_s"


@pytest.fixture(scope="module")
def spindle():
    return opened()


def ready(spindle, *changes, samples=10, sample_s=60.0):
    return prepare(changes, *spindle, samples=samples, sample_s=sample_s)


def test_an_input_changes_from_its_time_on_and_only_there(spindle):
    model = spindle[1]
    inputs = np.repeat(model.inputs[None], 10, axis=0)
    driven = ready(spindle, Change(ChangeKind.INPUT, SPEED, factor=0.8, at_s=150.0)).schedule(inputs)
    column = model.input_names.index(SPEED)
    np.testing.assert_allclose(driven[:3, column], 100.0)
    np.testing.assert_allclose(driven[3:, column], 80.0)
    others = [i for i in range(inputs.shape[1]) if i != column]
    np.testing.assert_array_equal(driven[:, others], inputs[:, others])
    np.testing.assert_array_equal(inputs, np.repeat(model.inputs[None], 10, axis=0))


def test_a_tag_stands_for_what_it_drives(spindle):
    move = ready(spindle, Change(ChangeKind.INPUT, "SC-1", value=50.0)).moves[0]
    assert spindle[1].input_names[move.index] == SPEED


def test_a_parameter_jumps_at_its_sample(spindle):
    model = spindle[1]
    doing = ready(spindle, Change(ChangeKind.PARAMETER, f"{BEARING}.cooling_w_per_k", value=1.0, at_s=120.0))
    assert doing.cuts == (2,)
    before = np.repeat(model.parameters[:, None], 3, axis=1)
    after, _state = doing.jump(2, before, np.zeros((len(model.state_names), 3)))
    row = model.parameter_names.index(f"{BEARING}.cooling_w_per_k")
    assert (after[row] == 1.0).all()
    assert (np.delete(after, row, axis=0) == np.delete(before, row, axis=0)).all()


def test_maintenance_makes_every_wear_state_of_the_asset_new(spindle):
    model = spindle[1]
    doing = ready(spindle, Change(ChangeKind.MAINTENANCE, BEARING))
    _parameters, state = doing.jump(0, np.zeros((len(model.parameters), 2)), np.full((len(model.state_names), 2), 0.7))
    for index, name in enumerate(model.state_names):
        own = model.slow[index] and name.startswith(BEARING)
        assert (state[index] == (0.0 if own else 0.7)).all()


def test_a_fault_may_set_a_state(spindle):
    move = ready(spindle, Change(ChangeKind.FAULT, f"{BEARING}.wear_ratio", value=0.9)).moves[0]
    assert move.where is Kind.STATE


def test_every_bad_change_is_told_at_once(spindle):
    bad = (
        Change(ChangeKind.INPUT, "hall/spindle/motor-9.speed_set_rad_per_s", value=1.0),
        Change(ChangeKind.PARAMETER, f"{BEARING}.wear_per_j", value=-1.0),
        Change(ChangeKind.PARAMETER, f"{BEARING}.wear_per_j", value=1.0, factor=2.0),
        Change(ChangeKind.MAINTENANCE, "hall/supply"),
        Change(ChangeKind.INPUT, SPEED, value=1.0, at_s=6000.0),
    )
    with pytest.raises(InvalidInput) as caught:
        ready(spindle, *bad)
    assert [fault.where for fault in caught.value.faults] == [
        "changes[0].target", "changes[1].value", "changes[2]", "changes[3].target", "changes[4].at_s",
    ]  # fmt: skip


@pytest.mark.parametrize("factor", [-1.0, np.nan, np.inf])
def test_a_factor_without_sense_is_refused_and_zero_is_none_of_them(spindle, factor):
    with pytest.raises(InvalidInput) as caught:
        ready(spindle, Change(ChangeKind.PARAMETER, f"{BEARING}.cooling_w_per_k", factor=factor))
    assert [fault.where for fault in caught.value.faults] == ["changes[0].factor"]
    ready(spindle, Change(ChangeKind.PARAMETER, f"{BEARING}.cooling_w_per_k", factor=0.0))


def test_a_factor_may_not_take_a_schedule_out_of_its_range():
    assembly = assemble(load(VALVE))
    model = assembly.compile([])
    inputs = np.repeat(model.inputs[None], 3, axis=0)
    column = model.input_names.index("valve.opening_ratio")
    inputs[:, column] = [0.25, 0.5, 0.75]
    twice = prepare(
        [Change(ChangeKind.INPUT, "valve.opening_ratio", factor=2.0)], assembly, model, samples=3, sample_s=1.0
    )
    with pytest.raises(InvalidInput) as caught:
        twice.schedule(inputs)
    fault = caught.value.faults[0]
    assert (fault.where, fault.got, fault.need) == ("changes[0].factor", "1.5 for valve.opening_ratio", "0 to 1")
    inputs[:, column] = [0.1, 0.2, 0.5]
    np.testing.assert_allclose(twice.schedule(inputs)[:, column], [0.2, 0.4, 1.0])
