"""Claims on idempotency keys: had by one request at a time, answered from memory, free again when refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from twin.errors import Conflict, InvalidInput
from twin.services import idempotency
from twin.services.context import Context
from twin.services.idempotency import Answer

REQUEST = {"key": "k", "user": "u", "route": "/plants", "digest": "d"}
ANSWER = Answer(201, b"{}", {"etag": "x"})


def test_the_first_claim_works_and_the_second_gets_its_answer(context: Context) -> None:
    name, known = idempotency.claim(context, **REQUEST)
    assert known is None
    idempotency.remember(context, name, ANSWER)
    assert idempotency.claim(context, **REQUEST) == (name, ANSWER)


def test_meanwhile_the_same_request_waits(context: Context) -> None:
    idempotency.claim(context, **REQUEST)
    with pytest.raises(Conflict):
        idempotency.claim(context, **REQUEST)


def test_a_released_claim_is_free(context: Context) -> None:
    name, _ = idempotency.claim(context, **REQUEST)
    idempotency.release(context, name)
    assert idempotency.claim(context, **REQUEST) == (name, None)


def test_another_request_under_the_same_key_is_refused(context: Context) -> None:
    idempotency.claim(context, **REQUEST)
    with pytest.raises(InvalidInput):
        idempotency.claim(context, **{**REQUEST, "digest": "e"})


@pytest.mark.parametrize("field", ["user", "route"])
def test_users_and_routes_do_not_share_keys(context: Context, field: str) -> None:
    idempotency.claim(context, **REQUEST)
    assert idempotency.claim(context, **{**REQUEST, field: "other", "digest": "e"})[1] is None


def test_a_dead_process_holds_its_claim_for_minutes_and_an_answer_is_kept_for_a_day(context: Context) -> None:
    name, _ = idempotency.claim(context, **REQUEST)
    start = context.clock()
    later = replace(context, clock=lambda: start + idempotency.CLAIM_HOLDS + timedelta(seconds=1))
    assert idempotency.claim(later, **REQUEST) == (name, None)
    idempotency.remember(later, name, ANSWER)
    next_day = replace(context, clock=lambda: start + idempotency.KEPT + timedelta(minutes=10))
    assert idempotency.claim(next_day, **REQUEST) == (name, None)
