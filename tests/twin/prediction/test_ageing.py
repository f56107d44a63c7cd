import numpy as np
import pytest

from tests.twin.spindle import BEARING, DAY_S, opened, worlds_of
from twin.prediction.ageing import age


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
