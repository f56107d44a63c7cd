"""The background runner: takes jobs from the durable queue, and sees to it that none is ever lost.

A runner holds a numbered slot (a locked file in the home folder) and with it a fixed executor id: whoever takes the
slot after a kill also takes over what lay unfinished there. It is crash-only: Ctrl-C and SIGTERM end it at once, for
a job that was cut goes on from its last finished step at the next start.
"""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from dbos import DBOS, DBOSConfig
from sqlalchemy.exc import OperationalError

from twin.errors import Conflict
from twin.records.job import Closing, JobState
from twin.services import dispatch, hand_out, jobs, logs, nightly
from twin.services.beforehand import Beforehand
from twin.services.context import Context
from twin.services.database import migrate
from twin.services.job_kinds import Lane
from twin.services.job_steps import finish, run_step, step_names
from twin.settings import Settings

BEAT_S = 5.0
SWEEP_EVERY_BEATS = 2
RETAKES = 2
"""A job that killed its runner this many times more is given up, with a word on it."""
SLOTS = 64
LOST = {"ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED", "CANCELLED"}

log = structlog.get_logger(__name__)


@contextmanager
def runner_slot(settings: Settings) -> Iterator[str]:
    """Hold the first free slot of this machine; yields the executor id. The lock ends with the process, however."""
    folder = settings.home / "runners"
    folder.mkdir(parents=True, exist_ok=True)
    for slot in range(SLOTS):
        handle = (folder / f"slot-{slot}.lock").open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.close()
            continue
        with handle:
            yield f"{socket.gethostname()}/{slot}"
        return
    raise Conflict(f"{folder}: all {SLOTS} runner slots are taken. Stop a runner first.")


def slot_is_free(settings: Settings, slot: str) -> bool:
    """Whether nobody on this machine holds that slot, i.e. its runner is gone for sure."""
    path = settings.home / "runners" / f"slot-{slot}.lock"
    if not path.exists():
        return True
    with path.open("a") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


class Runner:
    """One launched runner: its workflow, its beat, its sweep."""

    def __init__(self, context: Context, executor: str) -> None:
        self.context, self.executor = context, executor
        config: DBOSConfig = {
            "name": dispatch.APPLICATION,
            "system_database_url": context.settings.dbos_url,
            "serializer": dispatch.serializer(),
            "executor_id": executor,
            "application_version": dispatch.VERSION,
            "log_level": "WARNING",
        }
        DBOS(config=config)

        def work(job: str, kind: str) -> str:
            return self.work(job, kind)

        DBOS.workflow(name=dispatch.WORKFLOW, max_recovery_attempts=RETAKES)(work)
        DBOS.launch()
        for lane, polling_s in ((Lane.LONG, 0.5), (Lane.QUICK, 0.2)):
            DBOS.register_queue(
                lane.value,
                worker_concurrency=1,
                partition_concurrency=1,
                polling_interval_sec=polling_s,
                on_conflict="always_update",
            )

    def work(self, job: str, kind: str) -> str:
        """The durable workflow of one job; runs again from the top after a kill, past the steps that had ended."""
        if not jobs.begin(self.context, job):
            return "over"
        outcome: dict[str, Any] = {"state": self._first_state(job)}
        for index, name in enumerate(step_names(kind)):
            options = {"name": name, "retries_allowed": True, "should_retry": _is_busy, "max_attempts": 5}
            outcome = DBOS.run_step(options, run_step, self.context, job, index, outcome["state"])
            if "closing" in outcome:
                break
        finish(self.context, job, outcome)
        return jobs.get(self.context, job).state.value

    def _first_state(self, job: str) -> dict[str, Any]:
        entry = jobs.get(self.context, job)
        return {**entry.payload, "job": job, "plant": entry.plant}

    def beat(self, *, sweep: bool) -> None:
        """Report alive, start what the calendar asks for, and now and then look for lost work."""
        attempt("report", lambda: jobs.report_runner(self.context, self.executor))
        if sweep:
            attempt("calendar", lambda: nightly.submit_due(self.context))
            attempt("hand out", lambda: hand_out.submit_offered(self.context))
            attempt("sweep", self.sweep)

    def sweep(self) -> None:
        """Take over the work of runners that are gone; hand over jobs that the queue never got; end lost ones."""
        for executor in sorted(self._gone()):
            log.info("taking over the work of a runner that is gone", runner=executor)
            # The library's one way that never queues what a live runner already holds; public once, hence dbos < 3.5.
            DBOS._recover_pending_workflows([executor])
        known = {
            status.workflow_id: status.status for status in DBOS.list_workflows(load_input=False, load_output=False)
        }
        for job in jobs.unfinished(self.context):
            status = known.get(job.id)
            if status is None:
                jobs.hand_over(self.context, job)
            elif status in LOST:
                text = f"given up after {job.attempts} attempts"
                error = "The background runner died each time it worked on this job; see its log."
                jobs.close(self.context, job.id, Closing(JobState.FAILED, text, error=error))

    def _gone(self) -> set[str]:
        """Executors with work in hand that are dead: by their lock on this machine, by silence on another."""
        pending = DBOS.list_workflows(status="PENDING", load_input=False, load_output=False)
        holders = {status.executor_id for status in pending if status.executor_id} - {self.executor}
        alive = {runner for runner, _seen_us, is_alive in jobs.runners(self.context) if is_alive}
        gone = set()
        for holder in holders:
            host, _, slot = holder.rpartition("/")
            here = host == socket.gethostname()
            if slot_is_free(self.context.settings, slot) if here else holder not in alive:
                gone.add(holder)
        return gone


def run(settings: Settings, *, parent: int | None = None) -> None:
    """Work until SIGTERM or Ctrl-C; a runner with a `parent` also ends with that process."""
    logs.configure()
    migrate(settings)
    dispatch.prepare(settings)
    context = Context.open(settings)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with runner_slot(settings) as executor:
        runner = Runner(context, executor)
        log.info("background runner ready", runner=executor)
        threading.Thread(target=prepare, args=(context, stop), daemon=True).start()
        beats = 0
        while not stop.is_set() and parent in (None, os.getppid()):
            runner.beat(sweep=beats % SWEEP_EVERY_BEATS == 0)
            beats += 1
            stop.wait(BEAT_S)
        log.info("background runner ends; unfinished jobs go on at the next start", runner=executor)
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


def prepare(context: Context, stop: threading.Event) -> None:
    """Look again and again, until the runner stops, for what can be found before somebody asks."""
    beforehand = Beforehand(context)
    while not stop.wait(BEAT_S):
        attempt("prepare", beforehand.turn)


def attempt(name: str, duty: Callable[[], object]) -> None:
    """Do one duty of a beat; where it fails it is told by name, and the others and the next beat go on."""
    try:
        duty()
    except OperationalError:
        log.warning("the database did not answer; the next beat tries again", duty=name, exc_info=True)
    except Exception:
        log.exception("a duty of the runner failed; the next beat tries again", duty=name)


def _is_busy(error: BaseException) -> bool:
    """Whether a step failed because the database was busy or away, which passes."""
    return isinstance(error, OperationalError)


if __name__ == "__main__":
    run(Settings(), parent=int(sys.argv[2]) if sys.argv[1:2] == ["--supervised-by"] else None)
