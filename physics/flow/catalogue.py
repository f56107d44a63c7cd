"""Finds flow types by itself: each file of `physics/flow/components` is one type; nobody keeps a list."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import physics.flow.components
from physics.flow.contract import FlowType


@lru_cache(maxsize=1)
def flow_types() -> Mapping[str, type[FlowType]]:
    """Every flow type by its name."""
    found = {}
    for module in pkgutil.iter_modules(physics.flow.components.__path__):
        loaded = importlib.import_module(f"physics.flow.components.{module.name}")
        for kind in vars(loaded).values():
            if isinstance(kind, type) and issubclass(kind, FlowType) and kind.__module__ == loaded.__name__:
                found[kind.name] = kind
    return MappingProxyType(dict(sorted(found.items())))
