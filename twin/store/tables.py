"""Knows every table: imports each module of this room, so that the registry is complete."""

from __future__ import annotations

import importlib
import pkgutil

from sqlalchemy import MetaData

import twin.store
from twin.store.base import Base


def all_tables() -> MetaData:
    """The registry with the tables of every file of this room."""
    for module in pkgutil.iter_modules(twin.store.__path__):
        importlib.import_module(f"twin.store.{module.name}")
    return Base.metadata
