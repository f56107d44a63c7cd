"""What every use case is handed: settings, sessions, the clock, and where to tell progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.orm import Session, sessionmaker

from twin.settings import Settings
from twin.store.base import open_engine, session_factory

Progress = Callable[[float, str], None]
"""Called with the share done (0 to 1) and a short text; raises `Cancelled` when the user asked to stop."""


def silent(_share: float, _text: str) -> None:
    """A progress that nobody watches."""


@dataclass(frozen=True)
class Context:
    """One process's access to the world; services receive it first."""

    settings: Settings
    sessions: sessionmaker[Session]
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def home(self) -> Path:
        """The data folder."""
        return self.settings.home

    @classmethod
    def open(cls, settings: Settings) -> Context:
        """Connect to the database that the settings name; the caller has migrated it."""
        return cls(settings, session_factory(open_engine(settings.sqlalchemy_url)))
