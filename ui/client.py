"""The dashboard's way to the API: the same app, in this process, with the visitor's own rights."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import dash
import httpx
from fastapi import FastAPI
from pydantic import BaseModel

PREFIX = "/api/v1"
FORWARDED = ("cookie", "authorization", "origin", "host", "sec-fetch-site", "x-forwarded-proto")
View = TypeVar("View", bound=BaseModel)


@dataclass(frozen=True)
class Visitor:
    """Who asks: the headers that carry identity and origin, and the address of the browser."""

    headers: Mapping[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"


def current_visitor() -> Visitor:
    """The visitor whose callback is being answered."""
    headers = {name.lower(): value for name, value in dash.ctx.headers.items()}
    return Visitor({name: headers[name] for name in FORWARDED if name in headers}, dash.ctx.remote or "")


class Problem(Exception):  # noqa: N818 - the word of RFC 9457 and of our API
    """The API refused; carries what a person needs to go on (RFC 9457 fields and our faults)."""

    def __init__(
        self, status: int, title: str, detail: str = "", faults: tuple[dict[str, str], ...] = (), request: str = ""
    ) -> None:
        self.status, self.title, self.detail, self.faults, self.request = status, title, detail, faults, request
        super().__init__(f"{status} {title}: {detail}")


class Client:
    """Calls the API inside the process, awaiting it, never blocking the event loop."""

    def __init__(self, app: FastAPI, visitor: Callable[[], Visitor] = current_visitor) -> None:
        self._app = app
        self._visitor = visitor

    async def call(self, method: str, path: str, **request: Any) -> httpx.Response:
        """One request under `/api/v1`; raises `Problem` unless the answer is a success."""
        visitor = self._visitor()
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=False, client=(visitor.address, 0))
        headers = {**visitor.headers, **request.pop("headers", {})}
        host = headers.pop("host", "localhost")
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as http:
            answer = await http.request(method, PREFIX + path, headers=headers, timeout=None, **request)
        if answer.is_success:
            return answer
        raise problem_of(answer)

    async def get(self, path: str, **query: Any) -> Any:
        """JSON of a GET; query values that are None are left out."""
        params = {name: value for name, value in query.items() if value is not None}
        return (await self.call("GET", path, params=params)).json()

    async def read(self, view: type[View], path: str, **query: Any) -> View:
        """A GET whose answer is one view of `api.schemas`."""
        return view.model_validate(await self.get(path, **query))

    async def maybe(self, view: type[View], path: str, **query: Any) -> View | None:
        """Like `read`, with None where the API has nothing yet (404, or 409 not ready)."""
        try:
            return await self.read(view, path, **query)
        except Problem as problem:
            if problem.status in (404, 409):
                return None
            raise

    async def post(self, path: str, body: Any = None, *, headers: Mapping[str, str] | None = None) -> Any:
        """JSON of a POST with a JSON body."""
        return (await self.call("POST", path, json=body if body is not None else {}, headers=headers or {})).json()


def problem_of(answer: httpx.Response) -> Problem:
    """Read application/problem+json; anything else becomes a problem that names the status."""
    try:
        body = answer.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return Problem(answer.status_code, f"The server answered {answer.status_code}", answer.text[:300])
    return Problem(
        answer.status_code,
        str(body.get("title") or f"The server answered {answer.status_code}"),
        str(body.get("detail") or ""),
        tuple(fault for fault in body.get("faults") or () if isinstance(fault, dict)),
        answer.headers.get("x-request-id", ""),
    )
