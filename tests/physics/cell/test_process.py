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


def test_it_ends_when_its_asker_does(tmp_path):
    """Standard input is at its end from the start, so it leaves whatever it was about to do."""
    (tmp_path / process.SPEC).write_text("{}")
    command = [sys.executable, "-m", "physics.cell.process", str(tmp_path)]
    finished = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    assert finished.returncode in (Exit.FAULT, Exit.REFUSED)


@pytest.mark.parametrize("code", list(Exit))
def test_exit_codes_are_no_shell_codes(code):
    assert code not in (2, 3, 126, 127)
