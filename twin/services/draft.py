"""Use case: a newcomer has a log and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

from twin.errors import Conflict, NotFound
from twin.ingest.draft import Draft, draft
from twin.ingest.mapping_file import load as load_mapping
from twin.scene.load import load as load_scene
from twin.scene.types import installed

NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
"""What a plant's name cannot hold."""

PLANT_FILE, MAPPING_FILE = "plant.yaml", "mapping.yaml"


def draft_from_log(log: Path, folder: Path, *, name: str = "") -> Draft:
    """Write plant.yaml and mapping.yaml, drafted from a log, into a folder.

    Args:
        log: CSV or Parquet file.
        folder: Where the two files go; made if need be.
        name: Name of the plant, by default the folder's.
    Raises: NotFound; Conflict, when one of the files exists; InvalidInput, when the log has no times or no numbers.
    """
    if not log.is_file():
        raise NotFound("file", str(log))
    targets = [folder / PLANT_FILE, folder / MAPPING_FILE]
    taken = [str(target) for target in targets if target.exists()]
    if taken:
        raise Conflict(f"{', '.join(taken)}: exists already. Choose another folder, or move it away.")
    types = installed()
    found = draft(log, name or NOT_IN_NAMES.sub("-", folder.resolve().name).strip("-"), sorted(types))
    load_scene(found.plant_text, types=types)
    load_mapping(found.mapping_text)
    folder.mkdir(parents=True, exist_ok=True)
    for target, text in zip(targets, (found.plant_text, found.mapping_text), strict=True):
        target.write_text(text, encoding="utf-8")
    return found
