"""The page in docs/ is the one that the types' files give today."""

from pathlib import Path

from physics.flow.catalogue import flow_types
from physics.flow.page import page

PAGE = Path(__file__).parents[3] / "docs" / "flow_types.md"


def test_the_page_is_up_to_date():
    assert PAGE.read_text() == page(flow_types()), "run python -m physics.flow.page"


def test_every_type_and_setting_is_on_it():
    text = PAGE.read_text()
    for name, kind in flow_types().items():
        assert f"## {name}\n" in text
        for item in kind.declaration.settings:
            assert f"`{item.name}`" in text
