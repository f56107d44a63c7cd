"""Health: everybody may ask; without a runner the server says that long work would wait."""

from __future__ import annotations

from api.schemas.health import HealthView
from tests.api.conftest import Program
from twin.services import jobs


def test_health_follows_the_runners(program: Program) -> None:
    before = HealthView.model_validate_json(program.get("health").content)
    assert (before.status, before.workers) == ("degraded", [])
    assert before.database in ("sqlite", "postgresql")
    jobs.report_runner(program.context, "host/0")
    after = HealthView.model_validate_json(program.get("health").content)
    assert (after.status, [worker.alive for worker in after.workers]) == ("ok", [True])


def test_metrics_are_text_for_prometheus(program: Program) -> None:
    jobs.report_runner(program.context, "host/0")
    answer = program.get("metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "plantwin_runners_alive 1.0" in answer.text
