"""Takes the pictures of the docs from a finished demo: `make demo SERVE=0`, then TWIN_SCREENSHOTS=1 pytest this file.

Without that variable the same pages are checked and the pictures are thrown away, so that a test run changes no file.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from api.app import create_app
from twin.settings import Settings
from ui.app import mount

ROOT = Path(__file__).parents[2]
DEMO = Path(os.environ.get("TWIN_DEMO_HOME", ROOT / "demo"))
SHOWS = {
    "plant": ("/?asset=utilities/cooling/pump-1", "#plant-panel"),
    "line": ("/line", "#line-picture .legend"),
    "trends": ("/trends?tags=FT-101,TT-101,IT-101", "#trends-graph .legend"),
    "states": ("/states", "#states-surprises .hm"),
    "cell": ("/cell", "#page img"),
    "what-if": ("/what-if", "#what-if-graph .legend"),
    "failures": ("/failures", "#failures-timeline .xaxislayer-above"),
    "models": ("/models", "#models-scores .legend"),
}
"""Address of each page, and what is on it once it is drawn."""

pytestmark = pytest.mark.skipif(
    not (DEMO / "demo-report.json").exists(), reason="no finished demo here; run `make demo SERVE=0` first"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    if os.environ.get("TWIN_SCREENSHOTS"):
        chosen = ROOT / "docs" / "screenshots"
        chosen.mkdir(parents=True, exist_ok=True)
        return chosen
    return tmp_path_factory.mktemp("screenshots")


@pytest.mark.parametrize("name", SHOWS)
def test_the_demo_fills_every_page(serve, tab, folder, name):
    app = create_app(Settings(home=DEMO))
    mount(app)
    shown = tab(serve(app))
    path, sign = SHOWS[name]
    page = shown.open(path)
    page.wait_for_selector(sign, timeout=60_000)
    page.wait_for_function("!document.querySelector('#page [data-dash-is-loading]')")
    expect(page.locator("#synthetic-label")).to_be_visible()
    assert page.locator("#alerts .mantine-Alert-root").count() == 0
    page.screenshot(path=folder / f"{name}.png", full_page=True)
    assert shown.faults == []
    assert shown.foreign == []
