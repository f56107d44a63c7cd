"""Collects the faults of a scene with the path and line of each."""

from __future__ import annotations

from twin.errors import Fault
from twin.scene.lines import Document, Path


class Findings:
    """What the rules found, in the order they looked."""

    def __init__(self, document: Document | None = None) -> None:
        self.document = document or Document({}, file="scene")
        self.found: list[tuple[Path, Fault]] = []

    def add(self, path: Path, subject: str, got: str, need: str, next_step: str = "") -> None:
        """Note one fault at a path of the document."""
        self.found.append((path, Fault(self.document.where(path, subject), got, need, next_step)))

    def first(self, path: Path) -> str:
        """`First on line N.` for the second of two equal things, empty when lines are unknown."""
        line = self.document.line(path)
        return f"First on line {line}." if line else ""
