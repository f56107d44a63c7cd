"""One immutable revision of a plant's scene."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PlantRevision:
    """Who changed a plant, when and why; `etag` is the SHA-256 of the revision's text, in hexadecimal."""

    plant: str
    revision: int
    etag: str
    author: str
    reason: str
    created_us: int
