"""Puts numbers into a law by its type or, where a test is about a shipped one, by its name."""

from collections.abc import Mapping
from typing import Any

from physics.catalogue import components
from physics.contract import Component
from physics.trial import evaluate as trial
from physics.trial.evaluate import defaults, readable

__all__ = ["defaults", "evaluate", "readable"]


def evaluate(kind: type[Component] | str, values: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What a law returns at given values; the rest as in `defaults`."""
    return trial.evaluate(components()[kind] if isinstance(kind, str) else kind, values)
