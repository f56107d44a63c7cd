"""docs/flow.md: its samples run as they stand, in order, in one reader's session."""

import re
from pathlib import Path

from twin.assembly.solvable import load_solvable

PAGE = Path(__file__).parents[2] / "docs" / "flow.md"


def test_the_samples_run_and_print_what_an_engineer_expects(capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 4
    space: dict[str, object] = {"__name__": "page"}
    for number, block in enumerate(blocks):
        exec(compile(block, f"{PAGE.name} block {number}", "exec"), space)  # our own page
    said = capsys.readouterr().out
    assert re.search(r"^4\d\d ± \d items an hour$", said, re.MULTILINE)
    assert re.search(r"^packer: \d+% starved, OEE \d\d%$", said, re.MULTILINE)
    assert re.search(r"^a second fitter: \+\d+\.\d ± \d\.\d items an hour$", said, re.MULTILINE)
    assert "most is gained at the " in said
    assert "books closed: True" in said


def test_the_plant_file_on_the_page_is_sound():
    block = re.findall(r"^```yaml\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)[0]
    scene = load_solvable(f"plant: page\n{block}")
    assert [product.name for product in scene.products] == ["still", "juice"]
