"""docs/engine.md: its samples run as they stand, in order, in one reader's session."""

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "engine.md"


def test_the_samples_run_and_print_what_an_engineer_expects(capsys):
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 4
    space: dict[str, object] = {"__name__": "page"}
    for number, block in enumerate(blocks):
        exec(compile(block, f"{PAGE.name} block {number}", "exec"), space)  # our own page
    said = capsys.readouterr().out
    assert re.search(r"^\d+ rad/s after \d+ steps of \w+$", said, re.MULTILINE)
    assert re.search(r"^\d+ events in a day, between 27[56]\.\d\d and 27[89]\.\d\d K$", said, re.MULTILINE)
    assert "centrifugal_pump" in said  # the name that was nearly written
