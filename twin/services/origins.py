"""What a result depends on beside its inputs: code, libraries, machine."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import physics
import residual_models
import twin

LIBRARIES = ("numpy", "scipy", "sympy", "warp-lang")
COMPARED = ("scene_revision", "model_version", "watermark_us", "code", "versions", "machine")


def versions() -> dict[str, Any]:
    """Hash of our own code, versions of the libraries that compute, and the kind of machine."""
    return {
        "code": _code(),
        "versions": {"plantwin": version("plantwin"), **{name: version(name) for name in LIBRARIES}},
        "machine": {"device": "cpu", "processor": platform.machine(), "python": platform.python_version()},
    }


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """What two provenance records disagree on, as rows {what, before, after}."""
    return [
        {"what": key, "before": before.get(key), "after": after.get(key)}
        for key in COMPARED
        if before.get(key) != after.get(key)
    ]


@lru_cache(maxsize=1)
def _code() -> str:
    return digest_of([Path(str(package.__file__)).parent for package in (physics, residual_models, twin)])


def digest_of(folders: Iterable[Path]) -> str:
    """SHA-256 over the source files of packages, names and text, in order of their path."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*.py")):
            digest.update(str(path.relative_to(folder.parent)).encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()
