"""Is everything up, and in figures."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from api.deps import Ctx, Reader
from api.errors import documented
from api.schemas.health import HealthView
from twin.services import jobs

router = APIRouter()


@router.get("/health", responses=documented())
def read_health(context: Ctx) -> HealthView:
    """Whether server, database and background runners answer; open to everybody, tells nothing of the plant."""
    runners = jobs.runners(context)
    return HealthView.model_validate(
        {
            "status": "ok" if any(alive for _, _, alive in runners) else "degraded",
            "version": version("plantwin"),
            "database": context.settings.sqlalchemy_url.partition(":")[0].partition("+")[0],
            "workers": [{"id": runner, "seen": seen_us, "alive": alive} for runner, seen_us, alive in runners],
            "jobs": jobs.counts(context),
        }
    )


@router.get(
    "/metrics",
    response_class=Response,
    responses={**documented(), 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_metrics(context: Ctx, _: Reader, request: Request) -> Response:
    """Counters for Prometheus."""
    metrics = request.app.state.metrics
    for state, count in jobs.counts(context).items():
        metrics.jobs.labels(state).set(count)
    metrics.runners.set(sum(alive for _, _, alive in jobs.runners(context)))
    return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)
