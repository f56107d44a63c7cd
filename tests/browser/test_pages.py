import pytest
from playwright.sync_api import expect

from tests.ui.fake_api import PLANT, FakeApi
from ui.app import mount
from ui.pages import PAGES


def settle(page):
    """Wait until nothing on the page is being computed."""
    page.wait_for_function("!document.querySelector('#page [data-dash-is-loading]')")


@pytest.fixture
def board(serve, tab):
    def start(overrides=None):
        api = FakeApi(overrides)
        mount(api.app)
        return api, tab(serve(api.app))

    return start


def test_every_page_shows_without_faults_and_without_fetching_from_elsewhere(board):
    _api, tab = board()
    for page in PAGES:
        shown = tab.open(page.PATH)
        expect(shown.locator("#page h2")).to_have_text(page.TITLE)
        expect(shown.locator("#synthetic-label")).to_be_visible()
        settle(shown)
        assert shown.locator("#alerts .mantine-Alert-root").count() == 0
    assert tab.faults == []
    assert tab.foreign == []


def test_the_menu_goes_from_page_to_page_without_loading_anew(board):
    _api, tab = board()
    page = tab.open("/")
    page.evaluate("window.stayed = true")
    page.get_by_role("link", name="Trends", exact=True).click()
    expect(page.locator("#page h2")).to_have_text("Trends")
    page.wait_for_selector("#trends-graph .legend")
    assert page.evaluate("window.stayed") is True


def test_a_click_on_an_asset_in_the_graph_opens_it(board):
    _api, tab = board()
    page = tab.open("/")
    page.wait_for_selector("#plant-graph canvas")
    page.wait_for_function("document.getElementById('plant-graph')._cyreg?.cy.nodes().length > 5")
    where = page.evaluate(
        "(() => { const p = document.getElementById('plant-graph')._cyreg.cy"
        ".getElementById('utilities/loop/valve-1').renderedPosition(); return [p.x, p.y]; })()"
    )
    page.locator("#plant-graph").click(position={"x": where[0], "y": where[1]})
    expect(page.locator("#plant-panel")).to_contain_text("seat leaks")


def test_a_what_if_is_asked_runs_and_can_be_cancelled(board):
    api, tab = board()
    page = tab.open("/what-if")
    page.locator("#what-if-target").click()
    page.get_by_role("option", name="valve-1: Opening").click()
    page.locator("#what-if-value").fill("60")
    page.get_by_role("button", name="Add change").click()
    expect(page.locator("#what-if-chips")).to_contain_text("valve-1 opening set to 60.0 %")
    expect(page.locator("#what-if-name")).to_have_value("valve-1 opening set to 60.0 %")
    page.get_by_role("button", name="Run what-if").click()
    expect(page.get_by_text("What-if: year 2 of 5 · 40 %")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_timeout(300)
    assert api.asked(f"POST {PLANT}/what-ifs")[0]["changes"][0]["value"] == pytest.approx(0.6)
    assert api.asked("POST /jobs/job-2/cancel") == [{}]


def test_an_answer_shows_its_bands(board):
    _api, tab = board()
    page = tab.open("/what-if?outcome=out-1")
    expect(page.locator("#what-if-verdict")).to_contain_text("Saves energy")
    expect(page.locator("#what-if-graph .legend")).to_contain_text("what-if")


def test_a_refusal_of_the_api_is_read_on_the_page(board):
    fault = {"where": "changes[0].value", "got": "6", "need": "<= 1", "next_step": "Check the unit."}
    _api, tab = board({f"POST {PLANT}/predictions": (422, {"title": "Invalid input", "faults": [fault]})})
    page = tab.open("/failures")
    page.get_by_role("button", name="Run prediction").click()
    expect(page.locator("#alerts")).to_contain_text("got 6, need <= 1. Check the unit.")


def test_a_visitor_without_session_sees_the_login(board):
    _api, tab = board({"GET /plants": (401, {"title": "Log in first"})})
    tab.page.goto(tab.url + "/")
    expect(tab.page.locator("#login-password")).to_be_visible()


def test_the_page_can_be_dark(board):
    _api, tab = board()
    page = tab.open("/")
    assert page.locator("html").get_attribute("data-mantine-color-scheme") == "light"
    page.locator("#color-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.locator("#color-scheme").click()


def test_every_row_of_a_table_can_be_read_on_a_dark_page(board):
    _api, tab = board()
    page = tab.open("/failures")
    page.wait_for_selector("#failures-table .ag-row-odd")
    page.locator("#color-scheme").click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    odd = page.locator("#failures-table .ag-center-cols-container .ag-row-odd").first
    body = page.evaluate("getComputedStyle(document.body).backgroundColor")
    expect(odd).to_have_css("background-color", body)
    page.locator("#color-scheme").click()


def test_the_label_of_synthetic_data_is_whole_on_a_narrow_screen(board):
    _api, tab = board()
    tab.page.set_viewport_size({"width": 390, "height": 800})
    page = tab.open("/")
    page.wait_for_selector("#synthetic-label")
    cut = "[...document.querySelectorAll('#synthetic-label *')].some(e => e.scrollWidth > e.clientWidth)"
    assert not page.evaluate(cut)


@pytest.mark.parametrize("width", [390, 1024])
def test_no_page_is_wider_than_its_screen(board, width):
    _api, tab = board()
    tab.page.set_viewport_size({"width": width, "height": 800})
    for page in PAGES:
        shown = tab.open(page.PATH)
        settle(shown)
        assert shown.evaluate("document.documentElement.scrollWidth") <= width, page.TITLE
