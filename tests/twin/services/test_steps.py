"""What a step is: the steps of every kind of job have that form."""

from __future__ import annotations

import inspect

from twin.services.job_kinds import KINDS
from twin.services.steps import Step


def test_every_step_takes_context_state_and_progress() -> None:
    for kind in KINDS.values():
        steps: list[Step] = list(kind.load())
        for name, function in steps:
            assert len(inspect.signature(function).parameters) == 3, (kind.name, name)
