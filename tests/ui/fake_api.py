"""A stand-in API for page tests: the recorded views at their addresses, every request remembered."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from tests.ui import night
from tests.ui import recorded as r
from tests.ui import recorded_inside as inside

PLANT = "/plants/cooling-loop"
ANSWERS: dict[str, BaseModel] = {
    "GET /plants": r.PLANTS,
    f"GET {PLANT}": r.PLANT,
    f"GET {PLANT}/revisions": r.REVISIONS,
    f"GET {PLANT}/diff": r.DIFF,
    f"GET {PLANT}/graph": r.AFFECTED,
    f"GET {PLANT}/status": r.STATUS,
    f"GET {PLANT}/models": r.MODELS,
    f"GET {PLANT}/models/champion": r.MODEL,
    f"GET {PLANT}/models/3": r.MODEL,
    f"GET {PLANT}/models/2": r.RETIRED,
    f"GET {PLANT}/coverage/latest": r.COVERAGE,
    f"GET {PLANT}/trends": r.TRENDS,
    f"GET {PLANT}/events": r.EVENTS,
    f"GET {PLANT}/anomalies/latest": r.ANOMALIES,
    f"GET {PLANT}/quarantine": r.QUARANTINE,
    f"GET {PLANT}/predictions/latest": r.FORECASTS,
    f"GET {PLANT}/nights": night.NIGHTS,
    f"GET {PLANT}/nights/latest": night.LATEST,
    f"GET {PLANT}/nights/2026-02-28": night.EARLIER,
    f"GET {PLANT}/what-ifs/targets": r.TARGETS,
    f"GET {PLANT}/what-ifs": r.SUMMARIES,
    f"GET {PLANT}/what-ifs/out-1": r.OUTCOME,
    f"GET {PLANT}/estimates/latest": inside.ESTIMATE,
    f"GET {PLANT}/surrogate": inside.SURROGATE,
    f"GET {PLANT}/plans/latest": inside.PLAN,
    "GET /jobs": r.JOBS,
    "GET /jobs/job-1": r.DONE,
    "GET /jobs/job-2": r.RUNNING,
    "GET /jobs/job-3": r.FAILED,
    f"POST {PLANT}/predictions": r.RUNNING,
    f"POST {PLANT}/anomalies": r.RUNNING,
    f"POST {PLANT}/estimates": r.RUNNING,
    f"POST {PLANT}/surrogate": r.RUNNING,
    f"POST {PLANT}/plans": r.RUNNING,
    f"POST {PLANT}/recalibrations": r.RUNNING,
    f"POST {PLANT}/what-ifs": r.RUNNING,
    f"POST {PLANT}/what-ifs/out-1/replay": r.RUNNING,
    "POST /jobs/job-2/cancel": r.RUNNING,
    f"POST {PLANT}/quarantine/1/correction": r.TAKEN,
}


class FakeApi:
    """Serves `ANSWERS` unless the test overrides one: a view, or (status, problem)."""

    def __init__(self, overrides: dict[str, BaseModel | tuple[int, dict[str, Any]]] | None = None) -> None:
        self.answers: dict[str, Any] = {**ANSWERS, **(overrides or {})}
        self.requests: list[tuple[str, dict[str, str], Any, dict[str, str]]] = []
        self.app = FastAPI()
        self.app.add_api_route("/api/v1/{path:path}", self._answer, methods=["GET", "POST"])

    async def _answer(self, path: str, request: Request) -> JSONResponse:
        key = f"{request.method} /{path}"
        body = await request.json() if await request.body() else None
        self.requests.append((key, dict(request.query_params), body, dict(request.headers)))
        answer = self.answers.get(key, (404, {"title": "Not found", "detail": f"nothing recorded for {key}"}))
        if isinstance(answer, tuple):
            return JSONResponse(answer[1], answer[0], media_type="application/problem+json")
        return JSONResponse(answer.model_dump(mode="json"))

    def asked(self, key: str) -> list[Any]:
        """Bodies of all requests with that method and path."""
        return [body for seen, _query, body, _headers in self.requests if seen == key]
