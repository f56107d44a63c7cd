"""Small joins of records on their way into schemas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from twin.services.plant_page import Display


def shown(items: Sequence[Any], displays: Mapping[str, Display]) -> list[dict[str, Any]]:
    """Records of tags, each with how its SI numbers are shown."""
    return [{**vars(item), "display": displays.get(item.tag)} for item in items]
