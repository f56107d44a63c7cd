"""The same request sent twice is done once: answers remembered under the caller's idempotency key."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.exc import IntegrityError

from twin.errors import Conflict, Fault, InvalidInput
from twin.services.clock import now_us
from twin.services.context import Context
from twin.store import keys as store

KEPT = timedelta(days=1)
CLAIM_HOLDS = timedelta(minutes=2)
"""A claim without an answer for this long belongs to a process that died; the key is free again."""
LONGEST_KEY = 200


@dataclass(frozen=True)
class Answer:
    """An answer as it went out."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def claim(context: Context, *, key: str, user: str, route: str, digest: str) -> tuple[str, Answer | None]:
    """Claim an idempotency key for a request, or find the answer that it got before.

    Returns: The name to `remember` or `release` the claim by, and the earlier answer, if any.
    Raises: InvalidInput, when the key was used with another request; Conflict, while that request is being worked on.
    """
    if not 1 <= len(key) <= LONGEST_KEY:
        raise InvalidInput([Fault("Idempotency-Key", f"{len(key)} characters", f"1 to {LONGEST_KEY}")])
    name = hashlib.sha256("\n".join((user, route, key)).encode()).hexdigest()
    now = now_us(context)
    with context.sessions() as session:
        store.drop_answers_before(session, now - _us(KEPT))
        found = store.get_answer(session, name)
        if found is not None and found.status == 0 and found.created_us < now - _us(CLAIM_HOLDS):
            store.drop_answer(session, name)
            found = None
        if found is None:
            store.add_answer(session, name, digest, now)
            try:
                session.commit()
            except IntegrityError:
                raise Conflict("A request with this Idempotency-Key is being worked on.") from None
            return name, None
        session.commit()
    if found.digest != digest:
        next_step = "Use a fresh key for a new request."
        raise InvalidInput([Fault("Idempotency-Key", "another request before", "one key per request", next_step)])
    if found.status == 0:
        raise Conflict("A request with this Idempotency-Key is being worked on.")
    return name, Answer(found.status, found.body, found.headers)


def remember(context: Context, name: str, answer: Answer) -> None:
    """Keep the answer of a claimed request for a day."""
    with context.sessions() as session:
        store.fill_answer(session, name, answer.status, answer.headers, answer.body)
        session.commit()


def release(context: Context, name: str) -> None:
    """Give a claim back where the request changed nothing."""
    with context.sessions() as session:
        store.drop_answer(session, name)
        session.commit()


def _us(span: timedelta) -> int:
    return round(span.total_seconds() * 1e6)
