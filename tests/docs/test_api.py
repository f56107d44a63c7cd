"""README.md and docs/api.md: their lines are run, in order, against a real server with a real background runner."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120.0
"""Far above what the start or any block takes; only a hang reaches it."""


@pytest.fixture
def api(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """Address of a served API, and the folder that its reader works in."""
    folder = tmp_path
    shutil.copytree(ROOT / "examples" / "block", folder / "examples" / "block")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"TWIN_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT), "TWIN_DATABASE_URL": "", "TWIN_JOBS_URL": ""}
    command = [sys.executable, "-c", "from twin.cli import main; main()", "serve", "--port", str(port), "--with-worker"]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, env={**os.environ, **own}, cwd=folder, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}/api/v1"
    try:
        _wait_for(f"{address}/health", server)
        yield address, folder
    finally:
        server.terminate()
        code = server.wait(30)
    assert code == 0, (folder / "server.log").read_text()


@pytest.mark.parametrize("page", ["README.md", "docs/api.md"])
def test_every_line_of_the_page_does_what_it_says(page: str, api: tuple[str, Path]) -> None:
    address, folder = api
    blocks = re.findall(r"^```sh run\n(.*?)^```", (ROOT / page).read_text(), re.DOTALL | re.MULTILINE)
    script = ["set -eu", f"export API={address}"]
    for number, block in enumerate(blocks):
        script += [f"echo block {number}", block]
    text = "\n".join(script)
    done = subprocess.run(
        ["bash", "-c", text], cwd=folder, capture_output=True, text=True, timeout=PATIENCE_S * 3, check=False
    )
    promised = [code for codes in re.findall(r"  # (\d{3}(?: \d{3})*)$", text, re.MULTILINE) for code in codes.split()]
    answered = re.findall(r"^\d{3}$", done.stdout, re.MULTILINE)
    seen = f"{done.stdout}\n{done.stderr}"
    assert promised
    assert answered == promised, seen
    assert '"state":"failed"' not in done.stdout, seen
    assert done.returncode == 0, seen


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            time.sleep(0.1)
    pytest.fail("the server did not come up")
