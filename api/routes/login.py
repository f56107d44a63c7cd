"""The door of the dashboard: user and password for a session cookie. Served at the root, beside the pages."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.deps import COOKIE, Ctx
from api.errors import documented
from api.schemas.access import LoginIn, SessionView
from twin.records.access import Scope
from twin.services import access

PREFIX = ""
router = APIRouter()


@router.post("/login", responses=documented(429))
def login(context: Ctx, body: LoginIn, request: Request, response: Response) -> SessionView:
    """Check user and password; sets a signed cookie that scripts cannot read and other sites cannot send.

    After five wrong passwords an address has to wait before the next try, longer each time (429, `Retry-After`).
    """
    address = request.client.host if request.client else ""
    token = access.login(context, body.user, body.password, attempts=request.app.state.attempts, address=address)
    response.set_cookie(
        COOKIE,
        token,
        max_age=round(access.SESSION.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return SessionView.model_validate({"user": body.user, "scopes": [scope.value for scope in Scope], "open": False})


@router.post("/logout", status_code=204, responses=documented())
def logout(response: Response) -> None:
    """End the browser's session."""
    response.delete_cookie(COOKIE)
