"""Who is asking, and what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What a caller may do: look, bring data in, start long work, manage plants' lives and keys."""

    READ = "read"
    WRITE = "write"
    RUN = "run"
    ADMIN = "admin"


@dataclass(frozen=True)
class Caller:
    """A known caller and what they may do."""

    user: str
    scopes: frozenset[Scope]

    def may(self, scope: Scope) -> bool:
        """Whether the caller holds a scope; admin holds all."""
        return scope in self.scopes or Scope.ADMIN in self.scopes


@dataclass(frozen=True)
class ApiKey:
    """A program's key as we keep it: its name and scopes, and only the hash of its secret."""

    id: str
    name: str
    scopes: tuple[Scope, ...]
    digest: str
    created_us: int
    last_used_us: int | None = None
