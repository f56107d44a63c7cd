"""What is noted of each request: one log line, a counter and a duration; and a fault of ours becomes a clean 500."""

from __future__ import annotations

import time
import uuid

import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import of_fault

REQUEST_ID = "X-Request-Id"
log = structlog.get_logger("api")


class Metrics:
    """Counters of one app, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("plantwin_requests", "Requests answered.", labels, registry=self.registry)
        self.seconds = Histogram("plantwin_request_seconds", "Time to answer.", ("route",), registry=self.registry)
        self.jobs = Gauge("plantwin_jobs", "Jobs per state.", ("state",), registry=self.registry)
        self.runners = Gauge("plantwin_runners_alive", "Background runners that report.", registry=self.registry)


class ObserveMiddleware:
    """The outermost layer."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self.app, self.metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, then note what came out."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        request_id = uuid.uuid4().hex
        began_s = time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = request_id
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception:
            log.exception("request failed", request=request_id, method=scope["method"], path=scope["path"])
            if status:
                raise
            await of_fault()(scope, receive, watch)
        finally:
            self._note(scope, request_id, status, time.perf_counter() - began_s)

    def _note(self, scope: Scope, request_id: str, status: int, took_s: float) -> None:
        route = getattr(scope.get("route"), "path", "other")
        self.metrics.requests.labels(scope["method"], route, str(status)).inc()
        self.metrics.seconds.labels(route).observe(took_s)
        facts = {"method": scope["method"], "path": scope["path"], "status": status, "ms": round(took_s * 1e3, 1)}
        log.info("request", request=request_id, **facts)
