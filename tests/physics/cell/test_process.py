import json
import subprocess
import sys

import pytest

from physics.cell import process
from physics.cell.process import Exit


def test_a_cell_that_breaks_rules_is_refused_before_anything_is_built(tmp_path, document):
    document["worlds"] = 0
    (tmp_path / process.SPEC).write_text(json.dumps(document))
    lines = []
    assert process._simulate(tmp_path, lambda **line: lines.append(line)) is Exit.REFUSED
    assert lines[-1]["refused"][0]["where"] == "cell.worlds"


def test_without_genesis_it_says_so(tmp_path, document, monkeypatch):
    monkeypatch.setitem(sys.modules, "genesis", None)
    (tmp_path / process.SPEC).write_text(json.dumps(document))
    lines = []
    assert process._simulate(tmp_path, lambda **line: lines.append(line)) is Exit.NO_GENESIS
    assert "genesis" in lines[-1]["error"]


def test_it_ends_when_its_asker_does():
    """The pipe to its standard input closes while it works for a minute; it does not wait for that minute to end."""
    code = "import threading, time; from physics.cell import process as p; "
    code += "threading.Thread(target=p._end_with_asker, daemon=True).start(); print('on', flush=True); time.sleep(60)"
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as working:
        assert working.stdout.readline() == b"on\n"
        working.stdin.close()
        assert working.wait(timeout=30) == Exit.FAULT


@pytest.mark.parametrize("code", list(Exit))
def test_exit_codes_are_no_shell_codes(code):
    assert code not in (2, 3, 126, 127)
