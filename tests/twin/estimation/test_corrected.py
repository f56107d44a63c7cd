import numpy as np
import pytest

from tests.twin.spindle import BEARING, opened, worlds_of
from twin.estimation.corrected import corrected_of, tag_islands


@pytest.fixture(scope="module")
def spindle():
    assembly, model = opened()
    worlds = worlds_of(assembly, model, 4)
    return worlds, corrected_of(worlds, assembly)


def test_dynamic_states_wear_and_drawn_parameters_may_move(spindle):
    worlds, vector = spindle
    assert f"{BEARING}.wear_ratio" in vector.names
    assert f"{BEARING}.heat.temperature_k" in vector.names
    assert vector.names[-1] == f"{BEARING}.wear_per_j"
    assert len(vector.parameters) == 1


def test_wear_and_parameters_are_slow(spindle):
    _worlds, vector = spindle
    slow = dict(zip(vector.names, vector.slow, strict=True))
    assert slow[f"{BEARING}.wear_ratio"]
    assert slow[f"{BEARING}.wear_per_j"]
    assert not slow[f"{BEARING}.heat.temperature_k"]


def test_a_tag_reaches_its_own_island_and_the_disturbances_of_its_tags(spindle):
    worlds, vector = spindle
    own = tag_islands(worlds, [0])
    reach = vector.reach(np.r_[own, own + 1000])
    assert f"{BEARING}.wear_ratio" in [vector.names[row] for row in reach.rows[0] if row < vector.size]
    assert vector.size in reach.rows[0]
    np.testing.assert_array_equal(reach.rows[1], [vector.size + 1])
    np.testing.assert_array_equal(reach.tags[0], [0])


def test_what_is_put_comes_back_and_all_else_stays(spindle):
    worlds, vector = spindle
    wanted = vector.of(worlds) * 1.5
    moved = vector.put(worlds, wanted)
    np.testing.assert_allclose(vector.of(moved), wanted)
    np.testing.assert_allclose(moved.draws[0], wanted[-1])
    rest = [row for row in range(len(worlds.parameters)) if row not in vector.parameters]
    np.testing.assert_array_equal(moved.parameters[rest], worlds.parameters[rest])


def test_values_stay_in_their_declared_range(spindle):
    worlds, vector = spindle
    moved = vector.put(worlds, np.full((vector.size, 4), -1.0))
    assert (moved.start[worlds.model.state_names.index(f"{BEARING}.wear_ratio")] == 0.0).all()
    assert (moved.draws[0] == 0.0).all()
