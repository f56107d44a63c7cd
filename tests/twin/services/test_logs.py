"""The log of a process: one JSON object a line, with the error's text and never its local variables."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import structlog

from twin.services import logs


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    yield
    structlog.reset_defaults()


def test_a_line_is_json_and_keeps_secrets_in_variables(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    password = "hunter2"
    try:
        raise ValueError(f"refused {len(password)} characters")
    except ValueError:
        structlog.get_logger("test").exception("failed", job="job-1")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["job"], line["level"]) == ("failed", "job-1", "error")
    assert "refused 7 characters" in line["exception"]
    assert "hunter2" not in line["exception"]
