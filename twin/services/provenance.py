"""Where a result comes from: data, code, scene, seed, parent and versions, enough to make it again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import platform
from functools import lru_cache
from pathlib import Path
from typing import Any

from physics.simulate import device

PACKAGES = ("plantwin", "torch", "warp-lang", "numpy", "sympy")
ROOMS = ("physics", "residual_models", "twin")


def provenance(state: dict[str, Any], options: tuple[str, ...]) -> dict[str, Any]:
    """What a model version was made from.

    Args:
        state: Of the finished recalibration.
        options: Keys of the state that the user may set.
    """
    return {
        "job": state["job"],
        "scene_revision": state["revision"],
        "data": {"window_sha256": state["window"], "start_us": state["start_us"], "end_us": state["end_us"]},
        "gate_from_sample": state["gate_at"],
        "options": {name: state[name] for name in options},
        "parent": state["champion"],
        "code_sha256": code_digest(),
        "versions": versions(),
    }


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that results depend on, and the device that computes."""
    return {"python": platform.python_version(), "device": device.usual()} | {
        name: importlib.metadata.version(name) for name in PACKAGES
    }


@lru_cache(maxsize=1)
def code_digest() -> str:
    """SHA-256 over the source of the rooms that compute."""
    root = Path(__file__).resolve().parents[2]
    digest = hashlib.sha256()
    for room in ROOMS:
        for path in sorted((root / room).rglob("*.py")):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
