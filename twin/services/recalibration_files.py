"""What the steps of a recalibration hand each other: arrays in files of the job's own folder, facts beside them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from residual_models import artefact
from residual_models.levenberg import Array
from twin.records.window import SignalWindow
from twin.services.context import Context

WORK = "work"


def folder(context: Context, job: str) -> Path:
    """The job's own folder."""
    return context.home / WORK / job


def save(context: Context, job: str, name: str, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> str:
    """Keep what a step found; the digest goes into the job's durable state."""
    return artefact.save(folder(context, job) / name, arrays, facts)


def load(context: Context, job: str, name: str, digest: str) -> tuple[dict[str, Array], dict[str, Any]]:
    """What an earlier step found."""
    return artefact.load(folder(context, job) / name, digest)


def digest_of(context: Context, job: str, name: str) -> str | None:
    """Digest of what a step has saved under a name, None while it has not."""
    path = folder(context, job) / name / artefact.FACTS
    return str(json.loads(path.read_text())["sha256"]) if path.exists() else None


def save_window(context: Context, job: str, window: SignalWindow) -> str:
    """Keep the window, so that later steps and a resumed job see the very same data."""
    kept = ("measured", "mask", "driven", "running")
    arrays = {name: np.asarray(getattr(window, name)) for name in kept}
    facts = {name: value for name, value in vars(window).items() if name not in kept}
    return save(context, job, "window", arrays, facts)


def load_window(context: Context, job: str, digest: str) -> SignalWindow:
    """The window that the first step kept."""
    arrays, facts = load(context, job, "window", digest)
    return SignalWindow(
        plant=facts["plant"],
        start_us=facts["start_us"],
        step_s=facts["step_s"],
        sensor_tags=tuple(facts["sensor_tags"]),
        measured=arrays["measured"],
        mask=np.asarray(arrays["mask"], bool),
        input_tags=tuple(facts["input_tags"]),
        driven=arrays["driven"],
        running=np.asarray(arrays["running"], bool),
        segments=tuple((first, last) for first, last in facts["segments"]),
        watermark_us=facts["watermark_us"],
    )
