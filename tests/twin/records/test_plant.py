import dataclasses

import pytest

from twin.records.plant import PlantRevision


def test_revision_is_immutable():
    revision = PlantRevision("loop", 1, "abc", "ada", "first", 0)
    with pytest.raises(dataclasses.FrozenInstanceError):
        revision.revision = 2
