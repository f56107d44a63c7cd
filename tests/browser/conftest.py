"""A real Chromium on a dashboard that is served in a thread; skipped by name where Chromium is absent."""

import os
import socket
import threading
from pathlib import Path

import pytest
import uvicorn

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists():
                item.add_marker(pytest.mark.skip(reason=f"{CHROMIUM} is absent; apt-get install chromium"))


class Serving:
    """An app served on a free local port, in a thread, until closed."""

    def __init__(self, app):
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="error", ws="none"))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [listener]}, daemon=True)
        self.thread.start()

    def close(self):
        self.server.should_exit = True
        self.thread.join(timeout=10)


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """One browser per file: Playwright keeps an event loop running in this thread until it is closed,
    and a test of another file could then start none."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        profile = tmp_path_factory.mktemp("chromium")
        context = playwright.chromium.launch_persistent_context(
            profile, executable_path=CHROMIUM, args=FLAGS, viewport={"width": 1440, "height": 900},
            env={**os.environ, "TZ": "UTC"},
        )  # fmt: skip
        yield context
        context.close()


class Tab:
    """A page that remembers what went wrong on it and what it fetched from elsewhere."""

    def __init__(self, context, url):
        self.url, self.faults, self.foreign = url, [], []
        self.page = context.new_page()
        self.page.set_default_timeout(20_000)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type == "error" else None)
        self.page.on("request", self._remember)

    def _remember(self, request):
        if not request.url.startswith((self.url, "data:", "blob:")):
            self.foreign.append(request.url)

    def open(self, path):
        self.page.goto(self.url + path)
        self.page.wait_for_selector("#page h2")
        return self.page


@pytest.fixture
def tab(chromium):
    tabs = []

    def open_tab(url):
        tabs.append(Tab(chromium, url))
        return tabs[-1]

    yield open_tab
    for each in tabs:
        each.page.close()


@pytest.fixture
def serve():
    servers = []

    def start(app):
        servers.append(Serving(app))
        return servers[-1].url

    yield start
    for server in servers:
        server.close()
