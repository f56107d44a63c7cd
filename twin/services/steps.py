"""What a step of long work is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from twin.services.context import Context, Progress

State = dict[str, Any]
"""JSON, handed from step to step; begins with the job's id "job", its "plant" and its payload."""

Step = tuple[str, Callable[[Context, State, Progress], State]]
"""Name and function of a step."""
