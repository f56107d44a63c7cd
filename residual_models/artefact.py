"""A model version's numbers as files: arrays in safetensors, facts in JSON, verified by SHA-256; never pickle."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors

Array = NDArray[np.float64]

TENSORS, FACTS = "model.safetensors", "model.json"


class ArtefactDamaged(ValueError):  # noqa: N818 (it names what happened)
    """A model file is missing or not the one that was published; the message names it."""


def save(folder: Path, arrays: Mapping[str, Array], facts: Mapping[str, Any]) -> str:
    """Write both files so that a crash leaves either none or all of each; returns the arrays' SHA-256.

    The folder is the caller's alone. Facts must be plain JSON; the digest is added to them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    blob = save_tensors({name: np.ascontiguousarray(array) for name, array in arrays.items()})
    digest = hashlib.sha256(blob).hexdigest()
    text = json.dumps({**facts, "sha256": digest}, indent=2, sort_keys=True, allow_nan=False)
    _write(folder / TENSORS, blob)
    _write(folder / FACTS, text.encode())
    _sync_folder(folder)
    return digest


def load(folder: Path, digest: str) -> tuple[dict[str, Array], dict[str, Any]]:
    """Arrays and facts of a saved model.

    Raises: ArtefactDamaged, when a file is missing or its content is not what the digest promises.
    """
    path = folder / TENSORS
    try:
        blob, text = path.read_bytes(), (folder / FACTS).read_text()
    except OSError as error:
        raise ArtefactDamaged(f"{path}: got no readable file ({error.strerror}), need the published model.") from error
    found = hashlib.sha256(blob).hexdigest()
    if found != digest:
        raise ArtefactDamaged(f"{path}: got SHA-256 {found[:12]}, need {digest[:12]}. Restore it from a backup.")
    return dict(load_tensors(blob)), dict(json.loads(text))


def _write(path: Path, blob: bytes) -> None:
    part = path.with_suffix(f"{path.suffix}.part")
    with part.open("wb") as file:
        file.write(blob)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
