"""What is wrong with a request, as application/problem+json (RFC 9457)."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import View


class FaultView(View):
    """One thing that is wrong: where, what arrived, the rule, the next step."""

    where: str
    got: str
    need: str
    next_step: str = ""


class Problem(View):
    """Every answer with a status of 400 or more has this form."""

    type: str = Field(description="A short stable name of the kind of problem, as a relative reference.")
    title: str
    status: int
    detail: str
    faults: list[FaultView] = Field(default_factory=list, description="Everything that is wrong, at once.")
