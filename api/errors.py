"""The one table from an error to a status, and problem+json answers for all of them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.schemas.problem import FaultView, Problem
from twin.errors import (
    Cancelled,
    Conflict,
    InvalidInput,
    NotAllowed,
    NotFound,
    NotKnown,
    NotReady,
    Outdated,
    TooMany,
    TwinError,
)

MEDIA_TYPE = "application/problem+json"
SHOWN_CHARACTERS = 200
REFERENCE = "#/components/schemas/{model}"

STATUS: tuple[tuple[type[TwinError], int, str, str], ...] = (
    (InvalidInput, 422, "invalid-input", "The input breaks a rule"),
    (NotFound, 404, "not-found", "There is no such thing"),
    (Outdated, 412, "outdated", "Somebody else wrote first"),
    (Conflict, 409, "conflict", "It is in the way of something"),
    (NotReady, 409, "not-ready", "Something it needs does not exist yet"),
    (Cancelled, 409, "cancelled", "The work was cancelled"),
    (NotKnown, 401, "not-known", "Who is asking?"),
    (NotAllowed, 403, "not-allowed", "The caller lacks a right"),
    (TooMany, 429, "too-many", "Too many tries"),
    (TwinError, 422, "refused", "The request was refused"),
)
"""Error class, status, type and title; the first class that fits counts."""


def problem(status: int, kind: str, title: str, detail: str, faults: list[FaultView] | None = None) -> Response:
    """An answer in problem+json."""
    body = Problem(type=f"/problems/{kind}", title=title, status=status, detail=detail, faults=faults or [])
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return Response(body.model_dump_json(), status_code=status, media_type=MEDIA_TYPE, headers=headers)


def of_error(error: TwinError) -> Response:
    """The answer for one of our errors."""
    status, kind, title = next(row[1:] for row in STATUS if isinstance(error, row[0]))
    faults = [FaultView.model_validate(fault) for fault in getattr(error, "faults", ())]
    answer = problem(status, kind, title, str(error), faults)
    if isinstance(error, TooMany):
        answer.headers["Retry-After"] = str(error.wait_s)
    return answer


def of_validation(error: RequestValidationError) -> Response:
    """The answer for a request that does not have the documented form; all faults at once."""
    faults = [
        FaultView(where=_where(item["loc"]), got=_shown(item.get("input")), need=_need(item)) for item in error.errors()
    ]
    title = "The request does not have the documented form"
    return problem(422, "invalid-request", title, "\n".join(f"{fault.where}: {fault.need}" for fault in faults), faults)


def of_http(error: HTTPException) -> Response:
    """The answer for what the framework itself refuses, e.g. an unknown address."""
    phrase = HTTPStatus(error.status_code).phrase
    answer = problem(error.status_code, phrase.lower().replace(" ", "-"), phrase, str(error.detail))
    answer.headers.update(error.headers or {})
    return answer


def of_fault() -> Response:
    """The answer for a fault of ours: no inner detail leaves the house, the log has it."""
    return problem(500, "fault", "A fault of ours", "The server's log says more, under this answer's X-Request-Id.")


def install(app: FastAPI) -> None:
    """Answer every error of this app in problem+json."""

    def answers(build: Callable[[Any], Response]) -> Callable[[Request, Any], Awaitable[Response]]:
        async def handler(_request: Request, error: Any) -> Response:
            return build(error)

        return handler

    plain = app.openapi

    def openapi() -> dict[str, Any]:
        document = plain()
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for model in (Problem, FaultView):
            schemas.setdefault(model.__name__, model.model_json_schema(ref_template=REFERENCE))
        schemas["Problem"].pop("$defs", None)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents for changing the document
    app.add_exception_handler(TwinError, answers(of_error))
    app.add_exception_handler(RequestValidationError, answers(of_validation))
    app.add_exception_handler(HTTPException, answers(of_http))


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries for a route's problems; every route may answer 401, 403 and 422."""
    return {
        status: {
            "description": HTTPStatus(status).phrase,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in sorted({401, 403, 422, *statuses})
    }


def _where(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part != "body") or "body"


def _need(item: Any) -> str:
    context = {key: value for key, value in (item.get("ctx") or {}).items() if not isinstance(value, Exception)}
    hint = f" ({json.dumps(context, default=str)})" if context and item["type"] == "value_error" else ""
    return str(item["msg"]).removeprefix("Value error, ") + hint


def _shown(value: Any) -> str:
    text = "nothing" if value is None else repr(value.model_dump() if isinstance(value, BaseModel) else value)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
