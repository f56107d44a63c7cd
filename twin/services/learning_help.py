"""A job that takes one island of what another job is training."""

from __future__ import annotations

from twin.services import learning_groups
from twin.services import recalibration_files as files
from twin.services import recalibration_parts as parts
from twin.services.context import Context, Progress
from twin.services.steps import State


def help_with(context: Context, state: State, progress: Progress) -> State:
    """Do an island for the job that asked, unless that is done, gone, or somebody else is at it."""
    of, stage, island = state["of"], state["stage"], state["island"]
    done = {**state, "result": {"island": island, "done": False}}
    task = files.digest_of(context, of, learning_groups.task_of(stage))
    if task is None or files.digest_of(context, of, learning_groups.result_of(stage, island)) is not None:
        return done
    asked = {**files.load(context, of, learning_groups.task_of(stage), task)[1], "job": of, "plant": state["plant"]}
    until = None if stage == "refit" else asked["gate_at"]
    ready = parts.near_champion(context, asked, parts.ready_of(context, asked, until=until))
    part = learning_groups.Part.of(ready, island)
    found = learning_groups.take(context, asked, stage, part, island, task, progress)
    return {**done, "result": {"island": island, "done": found is not None}}


STEPS = (("learn", help_with),)
