import pytest
from playwright.sync_api import expect

from api.app import create_app
from twin.services.database import migrate
from twin.settings import Settings


@pytest.fixture
def empty(serve, home):
    settings = Settings(home=home)
    migrate(settings)
    app = create_app(settings)
    yield serve(app)
    app.state.context.sessions.kw["bind"].dispose()


def test_the_reference_is_drawn_from_our_own_server(empty, tab):
    shown = tab(empty)
    shown.page.goto(empty + "/api/v1/docs")
    expect(shown.page.locator("#swagger-ui .info .title")).to_contain_text("Plantwin")
    expect(shown.page.locator("#swagger-ui .opblock-tag").first).to_be_visible()
    assert shown.foreign == []
    assert shown.faults == []
