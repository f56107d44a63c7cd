"""Line and plant together: motor, bearing and belt of `tests/twin/bottles.py`."""

import numpy as np
import pytest

from physics.flow.exchange import Exchange
from tests.twin.bottles import DAY_S, DRIVEN
from twin.assembly.assemble import assemble
from twin.assembly.line import compile_layout, layout_of, links_of
from twin.prediction.worlds import draw, from_priors
from twin.scenarios.line_run import alone, together
from twin.scenarios.run import observed
from twin.scene.load import load

PITCH_M, WARM_S = 0.5, 600.0


@pytest.fixture(scope="module")
def driven():
    scene = load(DRIVEN)
    assembly = assemble(scene)
    model = assembly.compile((*observed(assembly), "motor.current_a"))
    return scene, assembly, model, compile_layout(layout_of(scene), scene)


def run(driven, samples, sample_s, *, wear=3e-6, worlds=2, **options):
    scene, assembly, model, line = driven
    drawn = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=worlds, seed=1)
    drawn.parameters[model.parameter_names.index("bearing.wear_per_j")] = wear
    inputs = np.repeat(model.inputs[None], samples, axis=0)
    inputs[:, model.input_names.index("supply.voltage_v")] = 24.0
    return together(line, drawn, inputs, links_of(scene.couplings), sample_s=sample_s, exchange_s=scene.exchange_s,
                    warm_s=WARM_S, seed=1, **options)  # fmt: skip


@pytest.mark.parametrize(("samples", "sample_s"), [(721, 60.0), (25, 1800.0)])
def test_items_follow_the_belt_that_the_motor_drives(driven, samples, sample_s):
    found = run(driven, samples, sample_s, wear=0.0)
    model = driven[2]
    speed = found.plant.outputs[:, model.output_names.index("drive.belt_speed_m_per_s")]
    assert found.plant.outputs.shape == (samples, len(model.output_names), 2)
    assert found.line.counted_s == pytest.approx(12 * 3600.0)
    # at steady speed an item comes at each pitch of belt
    assert found.line.throughput_per_s == pytest.approx(speed[-1] / PITCH_M, rel=5e-3)
    assert found.plant.alive.all()


def test_wear_stops_the_line_and_its_repair_renews_the_bearing(driven):
    found = run(driven, 289, 300.0)
    model = driven[2]
    wear = found.plant.final[model.state_names.index("bearing.wear_ratio")]
    assert (found.line.stops.sum(axis=1) >= 1).all()
    assert (wear < 1.0).all()
    down = found.line.state_s[:, found.line.line.places_of("line/belt")[0], 4]
    assert down == pytest.approx(3600.0 * found.line.stops.sum(axis=1), abs=3600.0)
    current = found.plant.outputs[:, model.output_names.index("motor.current_a"), 0]
    assert current.max() > 1.2 * current[30]
    assert (np.abs(current) < 0.05).sum() >= 8  # it stood an hour, unpowered, once the motor had braked


def test_a_cut_changes_the_plant_between_two_exchanges(driven):
    model = driven[2]
    worn = model.state_names.index("bearing.wear_ratio")

    def jump(at, parameters, start):
        start = start.copy()
        start[worn] = 0.9
        return parameters, start

    found = run(driven, 73, 100.0, wear=0.0, cuts=(35,), jump=jump)
    speed = found.plant.outputs[:, model.output_names.index("drive.belt_speed_m_per_s"), 0]
    assert speed[34] == pytest.approx(speed[30], rel=1e-3)
    assert speed[40] < 0.95 * speed[34]


def test_worlds_do_the_same_in_any_company(driven):
    found = run(driven, 13, 1800.0, worlds=5)
    few = run(driven, 13, 1800.0, worlds=2)  # one a share, with draws of their own number of worlds
    assert (found.plant.outputs[:, :, :2] == few.plant.outputs).all()
    assert (found.line.state_s[:2] == few.line.state_s).all()
    assert found.line.finished.shape[0] == found.plant.outputs.shape[2] == 5


def test_alone_is_the_line_at_its_declared_speed(driven):
    line = driven[3]
    found = alone(line, horizon_s=DAY_S, warm_s=WARM_S, worlds=2, seed=1)
    assert found.throughput_per_s == pytest.approx(0.4 / PITCH_M, abs=1.0 / DAY_S)
    both = Exchange(line, worlds=2, seed=1)
    both.run(WARM_S)
    both.forget()
    both.run(WARM_S + DAY_S)
    np.testing.assert_array_equal(both.counted().finished, found.finished)
    assert alone(line, horizon_s=DAY_S, warm_s=WARM_S, worlds=2, seed=1) is found  # the next question's baseline
    assert alone(line, horizon_s=DAY_S, warm_s=WARM_S, worlds=2, seed=2) is not found


def test_a_cancel_is_heard_while_the_line_warms_up(driven):
    told = []

    def tell(share):
        told.append(share)
        if len(told) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run(driven, 25, 1800.0, wear=0.0, worlds=3, tell=tell)
    assert set(told) == {0.0}
    assert len(told) <= 4  # each of two shares may have been about to tell
    found = run(driven, 25, 1800.0, wear=0.0, worlds=3)  # nothing half done was kept
    speed = found.plant.outputs[-1, driven[2].output_names.index("drive.belt_speed_m_per_s")]
    assert found.line.throughput_per_s == pytest.approx(speed / PITCH_M, rel=5e-3)


def test_a_drive_that_the_line_switched_off_does_not_slow_it_after_the_repair():
    jams = """
  - {id: line/jams, type: breakdown, settings: {machine: line/belt, counts: calendar_time, between_s: 1170.0,
     repair_s: 60.0}}
connections:"""
    scene = load(DRIVEN.replace("\nconnections:", jams, 1))
    assembly = assemble(scene)
    model = assembly.compile(observed(assembly))
    line = compile_layout(layout_of(scene), scene)
    found = run((scene, assembly, model, line), 241, 60.0, wear=0.0, worlds=1)
    speed = found.plant.outputs[:, model.output_names.index("drive.belt_speed_m_per_s"), 0]
    # it jams every 1230 s for 60 s, and exchanges every 600 s sometimes meet it standing, with its motor switched off
    assert speed.min() < 0.1 * speed.max()
    expected = np.median(speed) / PITCH_M * 1170.0 / 1230.0
    assert found.line.throughput_per_s == pytest.approx(expected, rel=0.03)
