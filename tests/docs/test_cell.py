"""docs/cell.md: its description is that of the example, its faults are what the rules say, its picture is there."""

import re
from pathlib import Path

from ruamel.yaml import YAML

from physics.cell.read import read

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cell.md").read_text()


def test_the_description_on_the_page_is_a_sound_cell():
    shown = YAML(typ="safe").load(re.search(r"^```yaml\n(name:.*?)^```", PAGE, re.DOTALL | re.MULTILINE)[1])
    assert read(shown)[1] == []
    example = YAML(typ="safe").load((ROOT / "examples" / "palletiser" / "cell.yaml").read_text())
    for part in ("boxes", "belts", "pallet", "gripper", "drive", "worlds", "seed"):
        assert shown[part] == example[part]


def test_the_faults_on_the_page_are_told_in_these_words():
    cell = YAML(typ="safe").load((ROOT / "examples" / "palletiser" / "cell.yaml").read_text())
    cell["gripper"]["diameter_m"] = 0.2
    cell["pallet"] = {**cell["pallet"], "position_m": [0.0, -1.5, 0.4], "columns": 1}
    shown = re.findall(r"^error: (.*)$", PAGE, re.MULTILINE)
    assert [str(fault) for fault in read(cell)[1]] == shown


def test_the_picture_is_small_and_there():
    picture = ROOT / "docs" / "cell.gif"
    assert picture.read_bytes().startswith(b"GIF89a")
    assert picture.stat().st_size < 1_500_000
