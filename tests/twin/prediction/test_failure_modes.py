import numpy as np

from tests.twin.spindle import BEARING, opened, worlds_of
from twin.prediction.failure_modes import FailureMode, limit_of, modes_of


def test_every_declared_failure_is_listed_with_its_asset():
    assembly, _model = opened()
    assert {(mode.asset, mode.mode) for mode in modes_of(assembly)} == {
        ("hall/spindle/motor-1", "insulation aged"),
        (BEARING, "bearing worn out"),
        (BEARING, "bearing fatigued"),
    }


def test_a_limit_is_a_number_or_a_parameter_of_each_world():
    worlds = worlds_of(*opened(), 3)
    by_number = FailureMode(BEARING, "worn", f"{BEARING}.wear_ratio", 1.0, "replace")
    np.testing.assert_array_equal(limit_of(by_number, worlds), 1.0)
    by_name = FailureMode(BEARING, "worn", f"{BEARING}.wear_ratio", "wear_per_j", "replace")
    np.testing.assert_array_equal(limit_of(by_name, worlds), worlds.draws[0])
