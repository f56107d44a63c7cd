"""Who is asking: login, session and API keys."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from api.schemas.base import Instant, Request, View

ScopeWord = Literal["read", "write", "run", "admin"]


class LoginIn(Request):
    """User and password; the answer sets the session cookie."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"user": "admin", "password": "..."}]})
    user: str = Field(max_length=100)
    password: str = Field(max_length=1000)


class SessionView(View):
    """Who the caller is to us."""

    user: str
    scopes: list[ScopeWord]
    open: bool = Field(description="True on loopback without login: everybody on this machine may do everything.")


class KeyIn(Request):
    """A key for a program."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"name": "line gateway", "scopes": ["read", "write"]}]}
    )
    name: str = Field(min_length=1, max_length=100)
    scopes: list[ScopeWord] = Field(min_length=1)


class KeyView(View):
    """A key as we keep it: never its text, only its hash."""

    id: str
    name: str
    scopes: list[ScopeWord]
    created: Instant
    last_used: Instant | None = None


class NewKeyView(KeyView):
    """A fresh key; its text is shown this once."""

    key: str
