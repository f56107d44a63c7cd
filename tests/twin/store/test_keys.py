"""API keys and remembered answers in the database."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from twin.records.access import ApiKey, Scope
from twin.services.context import Context
from twin.store import keys

KEY = ApiKey("k1", "gateway", (Scope.READ, Scope.WRITE), "ab" * 32, 1000)


def test_a_key_is_read_as_it_was_written_and_taken_back_once(context: Context) -> None:
    with context.sessions() as session:
        keys.add_key(session, KEY)
        session.flush()
        keys.note_use(session, "k1", 2000)
        session.expire_all()
        assert [(key.scopes, key.last_used_us) for key in keys.all_keys(session)] == [(KEY.scopes, 2000)]
        assert keys.remove_key(session, "k1")
        session.flush()
        assert not keys.remove_key(session, "k1")


def test_a_claim_is_had_by_one(context: Context) -> None:
    with context.sessions() as first:
        keys.add_answer(first, "n", "d", 1)
        first.commit()
    with context.sessions() as second:
        keys.add_answer(second, "n", "d", 2)
        with pytest.raises(IntegrityError):
            second.commit()


def test_old_answers_are_forgotten(context: Context) -> None:
    with context.sessions() as session:
        for name, now_us in (("old", 10), ("new", 20)):
            keys.add_answer(session, name, "d", now_us)
        session.flush()
        keys.fill_answer(session, "new", 201, {"etag": "x"}, b"body")
        keys.drop_answers_before(session, 15)
        assert keys.get_answer(session, "old") is None
        kept = keys.get_answer(session, "new")
        assert kept is not None
        assert (kept.status, kept.headers, kept.body) == (201, {"etag": "x"}, b"body")
        keys.drop_answer(session, "new")
        assert keys.get_answer(session, "new") is None
