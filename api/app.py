"""Builds the app: settings checked, routes found, errors in one form."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from fastapi.routing import APIRoute

import api.routes
from api import errors, reference
from api.guard import GuardMiddleware
from api.idempotent import IdempotentMiddleware
from api.observe import Metrics, ObserveMiddleware
from twin.services import access
from twin.services.attempts import Attempts
from twin.services.context import Context
from twin.settings import Settings

PREFIX = "/api/v1"
DESCRIPTION = """
The HTTP door of Plantwin, a hybrid digital twin of a factory. Values are SI with their `unit`; times are ISO 8601 in
UTC. Every refusal is `application/problem+json` with all faults at once. Long work answers 202 with a job.
"""


def create_app(settings: Settings | None = None) -> FastAPI:
    """The API of one installation, whose database has been migrated.

    Raises: InvalidInput, when others than this machine could connect and no login is configured.
    """
    settings = settings or Settings()
    access.check_exposure(settings)
    context = Context.open(settings)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        context.sessions.kw["bind"].dispose()

    app = FastAPI(
        lifespan=lifespan,
        title="Plantwin",
        version=version("plantwin"),
        description=DESCRIPTION,
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        generate_unique_id_function=_operation_name,
    )
    app.state.context, app.state.metrics, app.state.attempts = context, Metrics(), Attempts()
    errors.install(app)
    reference.install(app, f"{PREFIX}/docs")
    for module in pkgutil.iter_modules(api.routes.__path__):
        routes = importlib.import_module(f"api.routes.{module.name}")
        app.include_router(
            routes.router, prefix=getattr(routes, "PREFIX", PREFIX), tags=[module.name.replace("_", "-")]
        )
    app.add_middleware(IdempotentMiddleware, context=context)
    app.add_middleware(GuardMiddleware, local_hosts_only=access.is_open(settings))
    app.add_middleware(ObserveMiddleware, metrics=app.state.metrics)
    return app


def _operation_name(route: APIRoute) -> str:
    return route.name
