"""Browser and servers for the console's tests.

`HEADWAITER_BIN` names the program, for the tests that start a server with API keys.
`HEADWAITER_URL` runs the others against a real server instead of the mock; tests that steer the evening are skipped then.
`HEADWAITER_SCREENSHOTS` names a folder for pictures. `CHROMIUM` is the browser's path when it is not /usr/bin/chromium.
"""

import os
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from mock_server import Evening, MockServer
from real_server import RealServer

REAL = os.environ.get("HEADWAITER_URL", "").rstrip("/")
PROGRAM = os.environ.get("HEADWAITER_BIN")


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"))
        yield browser
        browser.close()


@pytest.fixture
def screenshots():
    folder = os.environ.get("HEADWAITER_SCREENSHOTS")
    if not folder:
        pytest.skip("HEADWAITER_SCREENSHOTS names no folder")
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder)


@pytest.fixture
def serve(request):
    """Starts mock servers that end with the test."""
    if REAL:
        pytest.skip("steers the evening, which needs the mock server")
    servers = []

    def start(evening):
        server = MockServer(evening)
        server.__enter__()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.__exit__()


@pytest.fixture
def evening(serve):
    """A filled evening, served; `evening.url` is where."""
    evening = Evening().fill()
    evening.url = serve(evening).url
    return evening


@pytest.fixture(scope="session")
def keyed(tmp_path_factory):
    """A real server that asks for API keys."""
    if REAL or not PROGRAM:
        pytest.skip("HEADWAITER_BIN names no program, or HEADWAITER_URL another server")
    with RealServer(PROGRAM, tmp_path_factory.mktemp("keyed")) as server:
        yield server


@pytest.fixture
def url(request):
    """A server to look at: the real one if there is one."""
    return REAL or request.getfixturevalue("evening").url


class Watch:
    """What a page said and complained about.

    A missing demo answers 404, which the browser reports and the page expects; so are the statuses of `refusals`.
    """

    def __init__(self, page, refusals):
        self.complaints, self.said = [], []
        self.refusals = refusals
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", self.hear)
        page.on("request", lambda request: self.requests.append(request.url))
        self.requests = []

    def hear(self, message):
        self.said.append(message.text)
        where = message.location.get("url", "")
        if any(f"status of {status}" in message.text for status in self.refusals):
            return
        if message.type in ("error", "warning") and not where.endswith("/v1/demo"):
            self.complaints.append(f"{message.text} ({where})")


@pytest.fixture
def open_page(browser):
    """Opens a page and waits for the floor; fails the test at its end if the page complained.

    `refusals` are statuses that the server is expected to answer with; `context` opens another tab of the same window.
    """
    contexts, watches = [], []

    def open_page(url, path="/", width=1440, height=900, scheme="light", settled=True, refusals=(), context=None,
                  **options):
        context = context or browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.watch = Watch(page, refusals)
        watches.append(page.watch)
        page.goto(url + path)
        if settled:
            page.wait_for_selector("#floor .table")
            page.wait_for_selector('#link[data-state="live"]')
            page.wait_for_timeout(150)
        return page

    yield open_page
    for context in contexts:
        context.close()
    for watch in watches:
        assert watch.complaints == []
