"""API keys (hashes only) and answers remembered under an idempotency key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer, LargeBinary, String, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from twin.records.access import ApiKey, Scope
from twin.store.base import Base


class KeyRow(Base):
    """One API key."""

    __tablename__ = "api_key"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    scopes: Mapped[list[str]] = mapped_column(JSON)
    digest: Mapped[str] = mapped_column(String(64))
    created_us: Mapped[int] = mapped_column(BigInteger)
    last_used_us: Mapped[int | None] = mapped_column(BigInteger)


class AnswerRow(Base):
    """The answer to a request that carried an idempotency key; status 0 while the request is being worked on."""

    __tablename__ = "idempotent_answer"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    status: Mapped[int] = mapped_column(Integer)
    headers: Mapped[dict[str, Any]] = mapped_column(JSON)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_us: Mapped[int] = mapped_column(BigInteger, index=True)


def add_key(session: Session, key: ApiKey) -> None:
    """Save a new key."""
    session.add(KeyRow(**{**vars(key), "scopes": [scope.value for scope in key.scopes]}))


def _key(row: KeyRow) -> ApiKey:
    scopes = tuple(Scope(scope) for scope in row.scopes)
    return ApiKey(row.id, row.name, scopes, row.digest, row.created_us, row.last_used_us)


def get_key(session: Session, key: str) -> ApiKey | None:
    """The key of that id, or None."""
    row = session.get(KeyRow, key)
    return _key(row) if row else None


def all_keys(session: Session) -> list[ApiKey]:
    """Every key, oldest first."""
    return [_key(row) for row in session.scalars(select(KeyRow).order_by(KeyRow.created_us, KeyRow.id))]


def note_use(session: Session, key: str, now_us: int) -> None:
    """Remember when a key was last used."""
    session.execute(update(KeyRow).where(KeyRow.id == key).values(last_used_us=now_us))


def remove_key(session: Session, key: str) -> bool:
    """Drop a key; False where there is none."""
    row = session.get(KeyRow, key)
    if row is None:
        return False
    session.delete(row)
    return True


def get_answer(session: Session, key: str) -> AnswerRow | None:
    """What is remembered under an idempotency key, or None."""
    return session.get(AnswerRow, key, populate_existing=True)


def add_answer(session: Session, key: str, digest: str, now_us: int) -> None:
    """Claim an idempotency key."""
    session.add(AnswerRow(key=key, digest=digest, status=0, headers={}, body=b"", created_us=now_us))


def fill_answer(session: Session, key: str, status: int, headers: dict[str, str], body: bytes) -> None:
    """Remember the answer under a claimed key."""
    session.execute(update(AnswerRow).where(AnswerRow.key == key).values(status=status, headers=headers, body=body))


def drop_answer(session: Session, key: str) -> None:
    """Give a claimed key free, where the request changed nothing."""
    session.execute(delete(AnswerRow).where(AnswerRow.key == key))


def drop_answers_before(session: Session, before_us: int) -> None:
    """Forget answers older than that."""
    session.execute(delete(AnswerRow).where(AnswerRow.created_us < before_us))
