"""The steps of an uploaded log; what they do together is tested with the uploads."""

from __future__ import annotations

from twin.services import upload_steps
from twin.services.context import Context, silent


def test_a_jobs_folder_is_taken_away_once_and_again(context: Context) -> None:
    folder = upload_steps.folder_of(context, "ingest-1")
    (folder / "deep").mkdir(parents=True)
    for _attempt in range(2):
        assert upload_steps.tidy(context, {"job": "ingest-1"}, silent) == {"job": "ingest-1"}
        assert not folder.exists()
    assert folder.parent.exists()
