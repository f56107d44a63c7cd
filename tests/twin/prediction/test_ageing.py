import numpy as np
import pytest

from tests.twin.spindle import BEARING, DAY_S, opened, worlds_of
from tests.walk import rinse
from twin.assembly.assemble import assemble
from twin.prediction.ageing import STRETCHES, age, stretches, usual_rate
from twin.prediction.worlds import draw, from_priors
from twin.scene.load import load

CLOGGING = "filter.clogging_per_m3"


@pytest.fixture(scope="module")
def spindle():
    return opened()


def aged(spindle, since, rate=1e-8):
    assembly, model = spindle
    worlds = worlds_of(assembly, model, 3)
    worlds.start[model.state_names.index(f"{BEARING}.wear_ratio")] = 0.3
    rates = np.full(worlds.start.shape, rate)
    return worlds, age(worlds, assembly, rates, 10 * DAY_S, since)


def test_wear_grows_by_rate_times_time_and_nothing_else_moves(spindle):
    worlds, found = aged(spindle, {})
    row = spindle[1].state_names.index(f"{BEARING}.wear_ratio")
    np.testing.assert_allclose(found.start[row], 0.3 + 1e-8 * 10 * DAY_S)
    fast = ~spindle[1].slow
    np.testing.assert_array_equal(found.start[fast], worlds.start[fast])


def test_maintenance_starts_wear_anew(spindle):
    _worlds, found = aged(spindle, {BEARING: 2 * DAY_S})
    np.testing.assert_allclose(found.start[spindle[1].state_names.index(f"{BEARING}.wear_ratio")], 1e-8 * 2 * DAY_S)


def test_wear_never_heals(spindle):
    _worlds, found = aged(spindle, {}, rate=-1.0)
    np.testing.assert_allclose(found.start[spindle[1].state_names.index(f"{BEARING}.wear_ratio")], 0.3)


@pytest.mark.parametrize("rows", [300, 1200])
def test_the_usual_rate_is_that_of_the_whole_log_though_its_end_is_idle(rows):
    assembly = assemble(load(rinse.PLANT))
    model = assembly.compile()
    worlds = draw(model, from_priors(assembly, scene_revision=1), None, free=assembly.free, worlds=4, seed=0)
    inputs = np.repeat(model.inputs[None], rows, axis=0)
    inputs[:, model.input_names.index("pump.voltage_v")] = np.where(np.arange(rows) < rows // 2, 5.0, 0.0)
    rate = usual_rate(worlds, inputs, rinse.STEP_S)[model.state_names.index("filter.clog_ratio")]
    # What was pumped in and what the tank held went through the filter by the end of the idle half: dw/dt = k Q.
    k, area_m2 = (worlds.parameters[model.parameter_names.index(f)] for f in (CLOGGING, "tank.area_m2"))
    held_m3 = area_m2 * worlds.start[model.state_names.index("tank.level_m")]
    passed_m3 = rinse.GAIN_M3_PER_S_V * 5.0 * (rows // 2) * rinse.STEP_S + held_m3
    np.testing.assert_allclose(rate * rows * rinse.STEP_S, k * passed_m3, rtol=0.02)


def test_stretches_end_where_a_drive_is_switched_or_the_weather_has_moved():
    drive = np.where(np.arange(1000) % 100 < 37, 40.0, 0.0)
    weather = 280.0 + 4.0 * np.sin(np.arange(1000) / 160.0)
    load = np.stack([drive, weather, np.full(1000, 7.0)], axis=1)
    found = stretches(load)
    np.testing.assert_array_equal(np.concatenate(found), load)
    assert all(np.ptp(rows[:, 0]) == 0 for rows in found)  # standing and running are never mixed
    assert max(np.ptp(rows[:, 1]) for rows in found) <= 0.2 * np.ptp(weather)
    assert 20 <= len(found) < 60  # ten hundreds of rows, each with a running and a standing part


def test_restless_rows_are_taken_in_equal_stretches():
    load = np.random.default_rng(0).uniform(size=(1901, 3))
    found = stretches(load)
    np.testing.assert_array_equal(np.concatenate(found), load)
    assert len(found) <= STRETCHES
    assert max(map(len, found)) == 5
