"""Worlds to learn from: schedules that hold and jump inside their range, readings that scatter as declared."""

import numpy as np
import pytest

from tests.twin.spindle import SPEED_RAD_PER_S, opened, worlds_of
from twin.surrogates.varied import Ranges, ranges_of, vary


@pytest.fixture
def ranges():
    assembly, model = opened()
    driven = np.repeat(model.inputs[None], 200, axis=0)
    column = model.input_names.index(assembly.drives[0])
    driven[:, column] = np.linspace(0.5, 1.0, 200) * SPEED_RAD_PER_S
    return ranges_of(assembly, model.input_names, driven)


def test_ranges_are_the_logs_without_its_rarest_hundredths(ranges):
    assert ranges.tags == ("SC-1",)
    np.testing.assert_allclose([ranges.low[0], ranges.high[0]], np.array([0.505, 0.995]) * SPEED_RAD_PER_S)


def test_a_wider_range_never_turns_negative():
    wide = Ranges(("a", "b"), np.array([0, 1]), np.array([0.1, -1.0]), np.array([1.0, 1.0])).widened(2.0)
    np.testing.assert_allclose(wide.low, [0.0, -2.0])
    np.testing.assert_allclose(wide.high, [1.45, 2.0])


def test_worlds_are_driven_in_range_and_read_with_their_noise(ranges):
    assembly, model = opened()
    found = vary(worlds_of(assembly, model, 24), assembly, ranges, samples=60, step_s=60.0, seed=3)
    assert found.truth.shape == (24, 60, 1)
    assert found.engine_s > 0
    assert ranges.low[0] <= found.inputs.min() < 60 < 85 < found.inputs.max() <= ranges.high[0]
    changes = np.diff(found.inputs[:, :, 0], axis=1) != 0
    assert not (changes[:, 1:] & changes[:, :-1]).any()
    # a value holds 2 to 180 minutes, 91 in the mean
    assert 1 / 91 / 2 < changes.mean() < 2 / 91
    # declared 0.1 K; 1440 readings know a spread to some 2 %
    assert (found.readings - found.truth).std() == pytest.approx(0.1, rel=0.08)


def test_a_world_does_not_depend_on_how_many_there_are(ranges):
    assembly, model = opened()
    few, many = (vary(worlds_of(assembly, model, n), assembly, ranges, samples=30, step_s=60.0, seed=3) for n in (4, 9))
    np.testing.assert_array_equal(few.inputs, many.inputs[:4])
    np.testing.assert_array_equal(few.truth, many.truth[:4])
