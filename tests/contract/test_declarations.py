"""Every component type: names, units, bounds, and laws that do not care which base units one counts in."""

import pytest

from physics import catalogue
from physics.trial.trials import FIRST_TRIALS, LAW_TRIALS, UNIT_TRIALS
from twin.cli.naming import NAMING

TYPES = catalogue.components()


@pytest.mark.parametrize("trial", [*FIRST_TRIALS, *LAW_TRIALS])
@pytest.mark.parametrize("name", TYPES)
def test_a_type_passes(name, trial):
    assert list(map(str, {**FIRST_TRIALS, **LAW_TRIALS}[trial](TYPES[name]))) == []


@pytest.mark.parametrize("trial", UNIT_TRIALS)
@pytest.mark.parametrize("name", TYPES)
def test_a_type_passes_with_its_units(name, trial):
    assert list(map(str, UNIT_TRIALS[trial](TYPES[name], NAMING))) == []
