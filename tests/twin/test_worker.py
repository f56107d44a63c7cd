"""A runner's slot: held by one process at a time, free the moment it is gone. (Whole runners: tests/faults.)"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import structlog

from twin import worker
from twin.services import logs
from twin.settings import Settings

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from twin.settings import Settings
from twin.worker import runner_slot
with runner_slot(Settings(home=Path(sys.argv[1]))) as executor:
    print(executor, flush=True)
    time.sleep(600)
"""


def test_each_runner_of_a_machine_has_a_slot_of_its_own(home: Path) -> None:
    settings = Settings(home=home)
    with worker.runner_slot(settings) as first, worker.runner_slot(settings) as second:
        assert [name.rpartition("/")[2] for name in (first, second)] == ["0", "1"]
        assert not worker.slot_is_free(settings, "1")
    assert worker.slot_is_free(settings, "0")
    assert worker.slot_is_free(settings, "7")


def test_a_killed_process_frees_its_slot_at_once_and_its_heir_has_the_same_name(home: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(home)]
    holder = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert holder.stdout is not None
    name = holder.stdout.readline().strip()
    assert not worker.slot_is_free(Settings(home=home), "0")
    holder.kill()
    holder.communicate()
    assert worker.slot_is_free(Settings(home=home), "0")
    with worker.runner_slot(Settings(home=home)) as heir:
        assert heir == name


def test_a_duty_that_fails_is_told_and_hinders_no_other(capsys) -> None:
    logs.configure()
    done: list[str] = []

    def damaged() -> None:
        raise ValueError("a task file is damaged")

    for name, duty in (("hand out", damaged), ("sweep", lambda: done.append("sweep"))):
        worker.attempt(name, duty)
    assert done == ["sweep"]
    told = capsys.readouterr().err
    assert "a task file is damaged" in told
    assert "hand out" in told
    structlog.reset_defaults()  # the next test's stderr is another one
