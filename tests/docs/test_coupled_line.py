"""docs/coupled-line.md: its samples run as they stand, and its picture is the script's."""

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from twin.cli import build

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "coupled-line.md").read_text()


def blocks(kind):
    return re.findall(rf"^```{kind}\n(.*?)^```", TEXT, re.DOTALL | re.MULTILINE)


@pytest.fixture
def at_the_root(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.syspath_prepend(str(ROOT))
    monkeypatch.setenv("TWIN_HOME", str(tmp_path / "home"))


def test_the_story_prints_what_the_page_tells(at_the_root, capsys):
    space: dict[str, object] = {"__name__": "page"}
    for number, block in enumerate(blocks("python")):
        exec(compile(block, f"block {number}", "exec"), space)  # our own page
    said = capsys.readouterr().out
    found = {name: list(map(float, re.findall(r"\d+\.?\d*", line))) for line in said.splitlines()
             for name in [line.split(" ")[0]]}  # fmt: skip
    assert found["wear"][0] > 0.95
    assert found["current"][1] > 1.2 * found["current"][0]
    assert found["belt"][1] < 0.95 * found["belt"][0]
    assert found["items"][1] < 0.95 * found["items"][0]
    assert found["items"][2] >= 1
    assert "books: 0 items missing" in said
    assert found["energy"][0] == pytest.approx(found["energy"][1], rel=0.01)


def test_the_verbs_answer(at_the_root):
    said = []
    for line in "".join(blocks("sh")).splitlines():
        done = CliRunner().invoke(build(), shlex.split(line)[1:], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        said.append(done.stdout)
    assert len(said) == 3
    # at a tenth more voltage the belt is faster by about as much: friction takes its part of it
    assert re.search(r"^Throughput rises by (8|9|10|11|12)\.\d %", said[1])
    # a belt that is geared up by 5 % carries 5 % more, as long as the packer keeps up
    assert re.search(r"^Throughput rises by (3|4|5)\.\d %", said[2])
    assert all("Line and physics meet every 300 s" in text for text in said[1:])


def test_the_yaml_on_the_page_is_the_plants():
    plant = (ROOT / "examples" / "coupled_line" / "plant.yaml").read_text()
    assert all(block in plant for block in blocks("yaml"))
    assert (ROOT / "docs" / "coupled-line.svg").exists()
