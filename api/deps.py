"""What routes are handed: the context, the caller with the scope that the route needs, and where a page begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from fastapi.security import APIKeyCookie, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials

from twin.errors import NotAllowed
from twin.records.access import Caller, Scope
from twin.services import access
from twin.services.context import Context

COOKIE = "plantwin_session"

bearer = HTTPBearer(auto_error=False, description="An API key, from POST /api/v1/keys or `twin key create`.")
cookie = APIKeyCookie(name=COOKIE, auto_error=False, description="The dashboard's session, from POST /login.")


def get_context(request: Request) -> Context:
    """The process's access to the world."""
    context: Context = request.app.state.context
    return context


Ctx = Annotated[Context, Depends(get_context)]


def get_caller(
    context: Ctx,
    key: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
    session: Annotated[str | None, Depends(cookie)],
) -> Caller:
    """Who is asking."""
    return access.caller(context, bearer=key.credentials if key else None, session=session)


def holding(scope: Scope) -> Callable[..., Caller]:
    """A dependency: the caller, who holds that scope."""

    def check(caller: Annotated[Caller, Depends(get_caller)]) -> Caller:
        if not caller.may(scope):
            raise NotAllowed(scope.value, tuple(sorted(held.value for held in caller.scopes)))
        return caller

    return check


Reader = Annotated[Caller, Depends(holding(Scope.READ))]
Writer = Annotated[Caller, Depends(holding(Scope.WRITE))]
Starter = Annotated[Caller, Depends(holding(Scope.RUN))]
Admin = Annotated[Caller, Depends(holding(Scope.ADMIN))]
Limit = Annotated[int, Query(ge=1, le=1000, description="Most items of one page.")]
Cursor = Annotated[str | None, Query(max_length=500, description="`next_cursor` of the page before.")]


def etag_headers(etag: str, revision: int) -> dict[str, str]:
    """Headers that name what was read, for If-Match of a later write."""
    return {"ETag": f'"{etag}"', "X-Revision": str(revision)}


def unquoted(etag: str) -> str:
    """An entity tag without quotes and weakness mark."""
    return etag.strip().removeprefix("W/").strip('"')


IDEMPOTENT: dict[str, Any] = {
    "parameters": [
        {
            "name": "Idempotency-Key",
            "in": "header",
            "required": False,
            "schema": {"type": "string", "maxLength": 200},
            "description": "A fresh name for this request; sending it again within a day gives the first answer.",
        }
    ]
}
"""OpenAPI words on the header that `api/idempotent.py` acts on."""
