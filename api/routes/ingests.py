"""Log files in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, UploadFile

from api.deps import IDEMPOTENT, Ctx, Writer
from api.errors import documented
from api.schemas.jobs import JobView
from twin.errors import Fault, InvalidInput
from twin.services import uploads

router = APIRouter()
LARGEST_MAPPING_BYTES = 1024**2

Log = Annotated[UploadFile, File(description="The log, CSV (also compressed) or Parquet; its ending tells which.")]
Mapping = Annotated[UploadFile, File(description="The mapping file: columns, tags, units, time.")]


@router.post(
    "/plants/{plant}/ingests",
    status_code=202,
    responses=documented(404, 413),
    openapi_extra=IDEMPOTENT,
)
def ingest_log(context: Ctx, caller: Writer, plant: str, file: Log, mapping: Mapping) -> JobView:
    """Take a log file in; rows that cannot be read wait in the quarantine, the rest is there when the job is done."""
    name = file.filename or ""
    job = uploads.accept(context, plant, name, file.file, mapping_text(mapping), author=caller.user)
    return JobView.model_validate(job)


def mapping_text(mapping: UploadFile) -> str:
    """The mapping file's text."""
    content = mapping.file.read(LARGEST_MAPPING_BYTES + 1)
    if len(content) > LARGEST_MAPPING_BYTES:
        raise InvalidInput([Fault("mapping", "a large file", f"at most {LARGEST_MAPPING_BYTES} bytes")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidInput([Fault("mapping", str(error), "UTF-8 text")]) from None
