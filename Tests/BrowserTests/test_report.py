"""The page of `headwaiter verify`, as a tired reader sees it: on a phone, at night, on paper."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

PROGRAM = os.environ.get("HEADWAITER_BIN")
PUB = Path(__file__).resolve().parents[2] / "data" / "white-horse-waterbeach.restaurant.json"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """The report of a phase in shadow with a full evening in it."""
    if not PROGRAM:
        pytest.skip("HEADWAITER_BIN names no program")
    folder = tmp_path_factory.mktemp("report")
    friday = datetime.date.today() + datetime.timedelta(days=14 + (4 - datetime.date.today().weekday()) % 7)
    rows = [f"b{n},white-horse-waterbeach,{friday},{18 + n % 8 // 4}:{n % 4 * 15:02},{2 + n % 4}" for n in range(24)]
    (folder / "bookings.csv").write_text("\n".join(["booking_id,restaurant_id,date,start_time,party_size", *rows]) + "\n")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("HEADWAITER_", "FEATURE_"))}

    def run(*arguments, code=0):
        done = subprocess.run(
            [PROGRAM, *arguments, "--database", "sqlite:report.sqlite"], cwd=folder, env=environment, capture_output=True,
            text=True)
        assert done.returncode == code, done.stderr

    run("migrate")
    run("import", str(PUB))
    run("rollout", "advance", "--environment", "production")
    run("replay", "--restaurant", str(PUB), "--bookings", "bookings.csv", "--flow", "shadow")
    run("rollout", "known-issue", "<b>the printer</b> is slow & loud")
    run("verify", "--output", "report.html", code=1)
    return folder / "report.html"


@pytest.fixture
def look(browser, report):
    """Opens the report; fails if it asks for anything else, or complains."""
    opened = []

    def look(scheme="light", width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        page = context.new_page()
        requests, complaints = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(report.as_uri())
        opened.append((context, requests, complaints))
        return page

    yield look
    for context, requests, complaints in opened:
        context.close()
        assert (requests, complaints) == ([report.as_uri()], [])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_and_nothing_is_cut_off(look, scheme, width):
    page = look(scheme, width)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], [node["html"][:80] for node in each["nodes"][:3]]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_is_dark_and_paper_is_white(look):
    colour = "getComputedStyle(document.body).backgroundColor"
    page = look("dark")
    assert page.evaluate(colour) == "rgb(20, 23, 27)"
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate(colour) == "rgb(255, 255, 255)"


def test_charts_are_drawn_within_their_frames(look):
    page = look(width=360)
    assert page.locator("svg").count() >= 4
    outside = page.evaluate("""[...document.querySelectorAll('svg')].flatMap(svg => {
        const view = svg.viewBox.baseVal
        return [...svg.querySelectorAll('text, rect, circle')].filter(each => {
          const box = each.getBBox()
          return box.x < -1 || box.y < -1 || box.x + box.width > view.width + 1 || box.y + box.height > view.height + 1
        }).map(each => `${svg.ariaLabel}: ${each.outerHTML}`)
    })""")
    assert outside == []
    small = page.evaluate(
        "Math.min(...[...document.querySelectorAll('svg text')].map(each => each.getBoundingClientRect().height))")
    assert small >= 10


def test_what_people_typed_is_text(look):
    page = look()
    assert page.get_by_text("<b>the printer</b> is slow & loud").count() == 1
    assert page.locator("td b").count() == 0
