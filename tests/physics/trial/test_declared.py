"""Each rule about what a file says is seen to catch a type that breaks it."""

import pytest

from physics.catalogue import components
from physics.trial import declared
from tests.physics.trial import bad


def test_a_file_without_a_source_and_a_valid_range_is_told():
    assert declared.documented(components()["pipe"]) == []
    found = [fault.got for fault in declared.documented(bad.Damper)]
    assert found == ["no line 'Symbols'", "no line 'Source'", "no line 'Valid'"]


@pytest.mark.parametrize(
    ("trial", "kind", "got"),
    [
        (declared.failures, bad.OldAtBirth, "start 0"),
        (declared.failures, bad.Unwatched, "drag_n_m_s"),
        (declared.features, bad.Circular, "a feature that depends on a correction"),
        (declared.finite, bad.Undefined, "no number at 200 random points"),
    ],
)
def test_a_broken_rule_is_told(trial, kind, got):
    assert trial(bad.Damper) == []
    assert [fault.got for fault in trial(kind)] == [got]


def test_a_feature_without_a_scale_is_told():
    (fault,) = declared.features(bad.Loud)
    assert fault.got.startswith("typically ")
