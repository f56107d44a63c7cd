"""A background runner that writes down which island it begins and ends, and ends none before the file `go` is there."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from twin import worker
from twin.services import learning_groups
from twin.settings import Settings

TRACE, GO = "trace", "go"
"""Files in the folder that `RUNNER_TRACE` names."""


def watched(work: Any, kind: str) -> Any:
    """The same work, told of and waited with."""

    def taken(ready: Any, state: Any, *rest: Any) -> Any:
        stage = rest[0] if kind == "cross" else "on"
        tell("begun", stage, ready)
        while not (folder() / GO).exists():
            time.sleep(0.05)
        found = work(ready, state, *rest)
        tell("ended", stage, ready)
        return found

    return taken


def tell(what: str, stage: str, ready: Any) -> None:
    """One line, in one write: other processes write, too."""
    line = f"{os.getpid()} {what} {stage} {'+'.join(ready.assembly.sensor_tags)}\n"
    with (folder() / TRACE).open("a") as file:
        file.write(line)


def folder() -> Path:
    """Where runner and test meet."""
    return Path(os.environ["RUNNER_TRACE"])


if __name__ == "__main__":
    learning_groups._cross_fitted = watched(learning_groups._cross_fitted, "cross")
    learning_groups._carried_on = watched(learning_groups._carried_on, "on")
    worker.BEAT_S, worker.SWEEP_EVERY_BEATS = 0.3, 1
    worker.run(Settings())
