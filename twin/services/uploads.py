"""Use case: a log file arrives through a door; it is kept on disk, then read by a background runner."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import IO

from twin.errors import Fault, InvalidInput
from twin.ingest import mapping_file
from twin.records.job import Job
from twin.services import jobs, plants
from twin.services.context import Context
from twin.services.readings import known_units
from twin.services.upload_steps import folder_of

SUFFIXES = (".csv", ".csv.gz", ".csv.bz2", ".csv.zst", ".txt", ".parquet")
MAPPING = "mapping.yaml"


def accept(context: Context, plant: str, name: str, log: IO[bytes], mapping: str, *, author: str) -> Job:
    """Keep an uploaded log and queue its reading; what can be refused is refused now.

    Args:
        context: Access to the database.
        plant: Name of the plant.
        name: The file's name for people; its ending tells the format.
        log: The file.
        mapping: Text of the mapping file.
        author: Who sends it.
    Raises: NotFound; InvalidInput, with every fault of name and mapping.
    """
    scene, _revision = plants.get(context, plant)
    suffix = next((ending for ending in SUFFIXES if name.lower().endswith(ending)), None)
    if suffix is None:
        raise InvalidInput([Fault("file", repr(name), f"a name that ends in {', '.join(SUFFIXES)}")])
    faults = mapping_file.tag_faults(mapping_file.load(mapping), known_units(context, plant, scene))
    if faults:
        raise InvalidInput(faults)
    job = jobs.new_id("ingest")
    folder = folder_of(context, job)
    folder.mkdir(parents=True)
    with (folder / f"log{suffix}").open("wb") as target:
        shutil.copyfileobj(log, target)
    (folder / MAPPING).write_text(mapping, encoding="utf-8")
    place = folder.relative_to(context.home)
    payload = {"file": str(place / f"log{suffix}"), "mapping": str(place / MAPPING), "source": Path(name).name}
    return jobs.submit(context, "ingest", plant, payload, author=author, job=job)
