"""Sessions and API keys."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends

from api.deps import Admin, Ctx, get_caller
from api.errors import documented
from api.schemas.access import KeyIn, KeyView, NewKeyView, SessionView
from api.schemas.base import Page
from twin.records.access import Caller, Scope
from twin.services import access

router = APIRouter()


@router.get("/session", responses=documented())
def read_session(context: Ctx, caller: Annotated[Caller, Depends(get_caller)]) -> SessionView:
    """Who the caller is, and what they may do."""
    scopes = [scope.value for scope in Scope if caller.may(scope)]
    return SessionView.model_validate({"user": caller.user, "scopes": scopes, "open": access.is_open(context.settings)})


@router.get("/keys", responses=documented())
def list_keys(context: Ctx, _: Admin) -> Page[KeyView]:
    """Every API key, without its text."""
    return Page[KeyView].model_validate({"items": access.list_keys(context)})


@router.post("/keys", status_code=201, responses=documented())
def create_key(context: Ctx, _: Admin, body: KeyIn) -> NewKeyView:
    """A new API key; its text is in this answer and nowhere else."""
    key, text = access.create_key(context, body.name, tuple(Scope(scope) for scope in body.scopes))
    return NewKeyView.model_validate({**vars(key), "key": text})


@router.delete("/keys/{key}", status_code=204, responses=documented(404))
def remove_key(context: Ctx, _: Admin, key: str) -> None:
    """Take a key back; it stops working at once."""
    access.remove_key(context, key)
