"""Trials come in an order in which each means something."""

from physics.catalogue import components
from physics.trial.trials import BENCH, FIRST_TRIALS, LAW_TRIALS, UNIT_TRIALS, trials
from tests.physics.trial import bad
from twin.cli.naming import NAMING

TYPES = components()


def test_a_sound_law_is_tried_by_all():
    found = trials(bad.Damper, TYPES, NAMING)
    assert list(found) == [*FIRST_TRIALS, *LAW_TRIALS, *UNIT_TRIALS, BENCH]
    assert [name for name, faults in found.items() if faults] == ["documents itself"]


def test_a_law_without_numbers_is_tried_no_further():
    assert list(trials(bad.Undefined, TYPES, NAMING)) == list(FIRST_TRIALS)


def test_names_without_units_are_not_restated():
    assert list(trials(bad.Nameless, TYPES, NAMING))[-1] == "ends names in units"
