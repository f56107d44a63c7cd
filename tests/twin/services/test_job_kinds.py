"""The table of job kinds: each can be loaded, and enqueueing alone loads neither torch nor Warp."""

from __future__ import annotations

import subprocess
import sys

import pytest

from twin.errors import NotFound
from twin.services.job_kinds import KINDS, Lane, kind_of


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_steps_of_different_names(kind: str) -> None:
    names = [name for name, _step in kind_of(kind).load()]
    assert names
    assert len(set(names)) == len(names)


def test_questions_do_not_wait_for_a_nights_training() -> None:
    assert {kind.name for kind in KINDS.values() if kind.lane is Lane.QUICK} == {
        "whatif", "predict", "anomalies", "coverage", "estimate", "plan",
    }  # fmt: skip


def test_the_night_recalibrates_and_then_predicts() -> None:
    names = [name for name, _step in kind_of("nightly").load()]
    assert names.index("publish") < names.index("forecast")


def test_an_unknown_kind_is_named_with_the_known_ones() -> None:
    with pytest.raises(NotFound, match="ingest, .*nightly"):
        kind_of("dance")


def test_who_only_enqueues_loads_no_engine() -> None:
    code = "import sys, twin.services.jobs; sys.exit(bool({'torch', 'warp'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
