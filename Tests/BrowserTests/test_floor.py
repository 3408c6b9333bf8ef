"""The floor page in a real browser: what is drawn, what moves, what is heard, what it survives."""

import json
import re
import urllib.error
import urllib.request

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mock_server import DATE, Evening

# What is drawn


def test_every_table_of_the_floor_is_drawn(url, open_page):
    page = open_page(url)
    tables = page.evaluate("""async () => {
      const list = await (await fetch('/v1/restaurants')).json();
      const id = (list.items ?? list.restaurants)[0].id;
      const date = document.querySelector('#date').getAttribute('datetime');
      const floor = await (await fetch(`/v1/restaurants/${id}/floor?date=${date}`)).json();
      return floor.tables.map((table) => table.number).sort();
    }""")
    drawn = page.locator("#floor .table").evaluate_all("nodes => nodes.map((node) => node.dataset.table).sort()")
    assert drawn == tables
    assert page.locator(".row").count() == len(tables)


def test_the_white_horse_has_26_tables_in_3_zones(evening, open_page):
    page = open_page(evening.url)
    assert page.locator("#floor .table").count() == 26
    assert page.locator("#floor [data-zone]").evaluate_all("n => n.map((zone) => zone.dataset.zone)") == [
        "Main Bar", "Dining Room", "Garden"]
    assert page.title() == "White Horse Pub · Headwaiter"
    assert page.inner_text("#date") == "Fri 27 Nov"
    assert page.inner_text("#now") == "19:32"


def test_no_table_lies_over_another(url, open_page):
    for width, height in [(1440, 900), (1180, 820), (820, 1180), (1920, 1080)]:
        page = open_page(url, width=width, height=height)
        boxes = page.locator("#floor .table .top-face").evaluate_all(
            "nodes => nodes.map((n) => n.getBoundingClientRect()).map((b) => [b.left, b.top, b.right, b.bottom])")
        for index, a in enumerate(boxes):
            for b in boxes[index + 1:]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_text_stays_inside_its_table(url, open_page):
    page = open_page(url)
    outside = page.locator("#floor .table").evaluate_all("""nodes => nodes.flatMap((node) => {
      const face = node.querySelector('.top-face').getBoundingClientRect();
      return [...node.querySelectorAll('text.number, text.seats, text.note')].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < face.left || box.right > face.right;
      }).map((text) => node.dataset.table + ': ' + text.textContent);
    })""")
    assert outside == []


def test_counters_count_every_booking_once(evening, open_page):
    page = open_page(evening.url)
    counts = {k: int(page.inner_text(f"#count-{k}")) for k in ("seated", "confirmed", "pending", "review", "failed")}
    assert sum(counts.values()) == len(evening.bookings)
    assert counts["failed"] == 2
    assert counts["pending"] == 1


def test_joined_tables_are_bridged(evening, open_page):
    page = open_page(evening.url)
    joined = next(b for b in evening.bookings.values() if b["party_size"] == 10)
    assert len(joined["tables"]) == 2
    bridge = page.locator("#floor .bridge[data-join]")
    assert {bridge.nth(i).get_attribute("data-join") for i in range(bridge.count())} >= {"+".join(joined["tables"])}
    for table, other in zip(joined["tables"], reversed(joined["tables"])):
        label = page.get_attribute(f'[data-table="{table}"]', "aria-label")
        assert f"joined with {other}" in label and "party of 10" in label


def test_states_are_told_by_word_and_pattern_not_by_colour_alone(evening, open_page):
    page = open_page(evening.url)
    notes = {kind: page.locator(f"#floor .table.is-{kind} .note").first.text_content()
             for kind in ("seated", "confirmed", "next", "hold", "block")}
    assert re.match(r"till \d\d:\d\d|over time", notes["seated"])
    assert re.match(r"till \d\d:\d\d", notes["confirmed"])
    assert re.match(r"from \d\d:\d\d", notes["next"])
    assert notes["hold"] == "on hold" and notes["block"] == "closed"
    assert page.locator("#floor .table.is-seated .tick").first.is_visible()
    assert page.locator("#floor .table.is-risk .badge.risk").first.is_visible()
    assert "wobbly leg" in page.get_attribute('[data-table="B8"]', "aria-label")


def test_bookings_that_need_a_person_are_listed_with_the_reason_in_words(evening, open_page):
    page = open_page(evening.url)
    listed = page.inner_text("#attention")
    assert "No table is free for them then" in listed
    assert "This house lets a person choose" in listed
    assert "At risk:" in listed
    assert "no_table" not in page.inner_text("body")
    page.click("#attention summary")
    assert "Larger than any table or join" in page.inner_text("#attention")


def test_drawn_positions_are_used(serve, open_page):
    evening = Evening().fill()
    evening.positions = {f"G{n + 1}": {"x": 2.4 * (n % 3), "y": 1.6 * (n // 3), "width": 0.8, "height": 0.8, "rotation": 0,
                                       "shape": "round"} for n in range(6)}
    page = open_page(serve(evening).url)
    where = lambda number: page.locator(f'[data-table="{number}"] .top-face').bounding_box()
    assert where("G1")["x"] < where("G2")["x"] < where("G3")["x"]
    assert abs(where("G1")["x"] - where("G4")["x"]) < 12
    assert where("G4")["y"] > where("G1")["y"] + 50


# What moves


def test_a_booking_arrives_without_reload(evening, open_page):
    page = open_page(evening.url)
    before = int(page.inner_text("#count-confirmed"))
    floors = sum("/floor?" in url for url in page.watch.requests)
    booking = evening.book(2, "21:00")
    assert booking["assignment_state"] == "confirmed"
    expect(page.locator("#count-confirmed")).to_have_text(str(before + 1))
    row = page.locator(f'.row[aria-label^="Table {booking["tables"][0]},"] .bar[aria-label*="21:00"]')
    expect(row).to_have_count(1)
    first = page.locator("#feed li").first
    expect(first).to_contain_text("21:00")
    expect(first).to_contain_text(f"Party of 2 → {booking['tables'][0]}")
    expect(page.locator("#feed li")).to_have_count(1)  # six transitions, one line
    assert sum("/floor?" in url for url in page.watch.requests) == floors
    assert sum(url.endswith("/") for url in page.watch.requests) == 1


def test_an_event_twice_or_late_changes_nothing(evening, open_page):
    page = open_page(evening.url)
    booking = evening.book(2, "21:00")
    expect(page.locator(".bar.fresh")).to_have_count(1)
    shown = page.inner_text("#count-confirmed")
    for _, kind, data in list(evening.events):
        evening.publish(kind, data)
    evening.book(2, "12:30")
    expect(page.locator("#feed li")).to_have_count(2)
    expect(page.locator("#count-confirmed")).to_have_text(str(int(shown) + 1))
    assert page.locator(f'.row[aria-label^="Table {booking["tables"][0]},"] .bar[aria-label*="21:00"]').count() == 1


def test_seating_early_is_read_again(evening, open_page):
    page = open_page(evening.url)
    booking = next(b for b in evening.bookings.values() if b["status"] == "confirmed" and b["start"] > evening.at("20:00"))
    before = int(page.inner_text("#count-seated"))
    evening.set_status(booking, "seated")
    expect(page.locator("#count-seated")).to_have_text(str(before + 1))
    page.wait_for_timeout(400)
    assert sum("/floor?" in url for url in page.watch.requests) >= 2


def test_a_dropped_stream_is_shown_and_caught_up(evening, open_page):
    page = open_page(evening.url)
    before = int(page.inner_text("#count-confirmed"))
    page.evaluate("""() => {
      window.states = [];
      new MutationObserver(() => window.states.push(document.querySelector('#link').dataset.state))
        .observe(document.querySelector('#link'), { attributes: true });
    }""")
    evening.drop_streams()
    evening.book(2, "21:00")  # nobody is listening
    expect(page.locator("#count-confirmed")).to_have_text(str(before + 1))
    expect(page.locator("#link")).to_have_attribute("data-state", "live")
    assert page.evaluate("window.states")[0] == "reconnecting"
    evening.book(2, "12:15")
    expect(page.locator("#count-confirmed")).to_have_text(str(before + 2))


def test_demo_runs_and_ends_with_its_summary(serve, open_page):
    evening = Evening(now="12:00")
    evening.demo = {"phase": "running", "created": 0, "total": 3, "date": DATE, "restaurant_id": evening.file["id"],
                    "flow": "v3", "shown_time": evening.at("19:30").isoformat()}
    page = open_page(serve(evening).url)
    expect(page.locator("#shown")).to_have_text("19:30")
    expect(page.locator("#demo-text")).to_contain_text("0 of 3")
    assert not page.locator("#summary").is_visible()
    for party, clock in [(2, "19:00"), (4, "19:15"), (30, "19:30")]:
        evening.book(party, clock)
    evening.end_demo()
    summary = page.locator("#summary")
    expect(summary).to_contain_text("2 of 3 seated")
    for text in ("6 guests", "In review", "No table is free for them then", "P95", "11 ms", "all held", "new pipeline (V3)"):
        expect(summary).to_contain_text(text)
    page.click("#summary-close")
    expect(summary).to_be_hidden()
    expect(page.locator("#summary-open")).to_be_focused()
    page.click("#summary-open")
    expect(summary).to_be_visible()


def test_real_demo_reaches_its_summary(open_page):
    from conftest import REAL
    if not REAL:
        pytest.skip("HEADWAITER_URL names no server")
    try:
        json.load(urllib.request.urlopen(f"{REAL}/v1/demo"))
    except urllib.error.HTTPError:
        pytest.skip("not a demo")
    page = open_page(REAL)
    expect(page.locator("#summary")).to_be_visible(timeout=180_000)
    expect(page.locator("#summary")).to_contain_text("all held")


# Time shown


def test_the_slider_shows_any_minute(evening, open_page):
    page = open_page(evening.url)
    assert page.inner_text("#shown") == "19:32"
    page.focus("#scrub")
    page.keyboard.press("Home")
    expect(page.locator("#shown")).to_have_text("17:00")
    assert page.locator("#floor .is-seated").count() <= 4
    page.keyboard.press("ArrowRight")
    expect(page.locator("#shown")).to_have_text("17:01")
    page.click("#later")
    expect(page.locator("#shown")).to_have_text("17:16")
    assert page.get_attribute("#scrub", "aria-valuetext").startswith("17:16, ")
    assert page.get_attribute("#follow", "aria-pressed") == "false"
    page.click("#follow")
    expect(page.locator("#shown")).to_have_text("19:32")


def test_the_slider_can_be_dragged_and_the_axis_clicked(url, open_page):
    page = open_page(url)
    box = page.locator("#scrub").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 4, box["y"] + box["height"] / 2, steps=5)
    page.mouse.up()
    late = page.inner_text("#shown")
    axis = page.locator(".axis").bounding_box()
    page.mouse.click(axis["x"] + 3, axis["y"] + 10)
    expect(page.locator("#shown")).not_to_have_text(late)
    assert page.get_attribute("#follow", "aria-pressed") == "false"


def test_parts_of_the_day_can_be_chosen(evening, open_page):
    page = open_page(evening.url)
    expect(page.locator('[data-service="Dinner"]')).to_have_attribute("aria-pressed", "true")
    page.click('[data-service="Lunch"]')
    expect(page.locator("#ticks span").first).to_have_text("12:00")
    assert "12" <= page.inner_text("#shown")[:2] <= "15"
    page.click('[data-service="day"]')
    expect(page.locator('.bar[aria-label*="12:30"]')).to_have_count(1)


def test_another_day_is_empty_and_back_again_is_not(evening, open_page):
    page = open_page(evening.url)
    page.click("#day-after")
    expect(page.locator("#date")).to_have_text("Sat 28 Nov")
    expect(page.locator("#count-seated")).to_have_text("0")
    page.click("#day-before")
    expect(page.locator("#count-seated")).not_to_have_text("0")
    assert page.url.endswith(f"?date={DATE}")


# Keyboard and stories


def test_the_floor_is_one_tab_stop_and_arrows_move_in_it(url, open_page):
    page = open_page(url)
    assert page.locator('#floor .table[tabindex="0"]').count() == 1
    page.locator('#floor .table[tabindex="0"]').focus()
    first = page.evaluate("document.activeElement.dataset.table")
    page.keyboard.press("ArrowRight")
    second = page.evaluate("document.activeElement.dataset.table")
    page.keyboard.press("ArrowDown")
    third = page.evaluate("document.activeElement.dataset.table")
    assert len({first, second, third}) == 3
    page.keyboard.press("Enter")
    expect(page.locator("#panel-title")).to_have_text(f"Table {third}")
    expect(page.locator("#panel-title")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    assert page.evaluate("document.activeElement.dataset.table") == third


def test_every_table_is_reached_by_arrow_keys(url, open_page):
    page = open_page(url)
    seen, todo = set(), [page.locator('#floor .table[tabindex="0"]').get_attribute("data-table")]
    while todo:
        here = todo.pop()
        if here in seen:
            continue
        seen.add(here)
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
            page.locator(f'[data-table="{here}"]').focus()
            page.keyboard.press(key)
            todo.append(page.evaluate("document.activeElement.dataset.table"))
    assert len(seen) == page.locator("#floor .table").count()


def test_everything_is_reached_by_tab(evening, open_page):
    page = open_page(evening.url)
    reached = []
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("""() => { const a = document.activeElement;
          return a.id || a.dataset.table || a.dataset.service || a.className.split(' ')[0]; }"""))
        if reached[-1] == "BODY" or reached.count("skip") > 1:
            break
    for stop in ("skip", "day-before", "scrub", "earlier", "follow", "Dinner", "B1", "bar", "line"):
        assert stop in reached


def test_a_booking_tells_its_story(evening, open_page):
    page = open_page(evening.url)
    booking = next(b for b in evening.bookings.values() if b["status"] == "seated" and len(b["tables"]) == 1)
    page.click(f'[data-table="{booking["tables"][0]}"]')
    panel = page.locator("#panel")
    expect(page.locator("#panel-title")).to_have_text(f"Table {booking['tables'][0]}")
    panel.locator(f'[data-key$="{booking["id"]}"]').click()
    expect(page.locator("#panel-title")).to_contain_text(f"Party of {booking['party_size']}")
    expect(panel).to_contain_text("Why this table")
    expect(panel).to_contain_text("out of 14 possible")
    steps = panel.locator(".steps li")
    expect(steps).to_have_count(7)
    expect(steps.nth(0)).to_contain_text("Received")
    expect(steps.nth(5)).to_contain_text("Confirmed")
    expect(steps.nth(6)).to_contain_text("Seated")
    expect(steps.nth(6)).to_contain_text("by Front desk")
    page.click("#panel-back")
    expect(page.locator("#panel-title")).to_have_text(f"Table {booking['tables'][0]}")


def test_why_is_told_without_codes_and_scores(evening, open_page):
    evening.why = lambda booking: {"tables": booking["tables"], "strategy": "zone_preference", "text": (
        f"Party of 2, {DATE}, 17:45–18:45: table B1, out of 3 possible.\n"
        "1. Table B1 seats 2, party of 2: no spare seats; 68.75 % of the zone's seats free. Proposed by zone_preference, score -5.57.\n"
        "2. Table D6 seats 4, party of 2: 2 spare seats. Proposed by optimal_fit, score -8.\n"
        "3. Table B7 seats 4, party of 2: 2 spare seats. Proposed by optimal_fit, score -8.21.\n"
        "Not possible: 30 meant for larger parties.\nDecision 530d1647c1c50151.\n")}
    page = open_page(evening.url)
    page.locator(".bar.confirmed").first.click()
    expect(page.locator("#panel .why > p")).to_have_text([
        "Preferred zone", "Table B1, out of 3 possible.",
        "Table B1 seats 2, party of 2: no spare seats; 69 % of the zone's seats free.", "Not possible: 30 meant for larger parties."])
    more = page.locator("#panel .why details")
    expect(more.locator("p").first).to_be_hidden()
    more.locator("summary").click()
    expect(more.locator("p")).to_have_text([
        "Table D6 seats 4, party of 2: 2 spare seats.", "Table B7 seats 4, party of 2: 2 spare seats."])
    assert violations(page) == []


def test_a_booking_without_a_table_is_not_explained_by_a_code(evening, open_page):
    evening.why = lambda booking: {"tables": [], "strategy": None, "text": "This booking has no table (no_table)."}
    page = open_page(evening.url)
    page.locator("#attention .line.review").first.click()
    expect(page.locator("#panel .steps li").first).to_be_visible()
    expect(page.locator("#panel .why")).to_have_count(0)
    expect(page.locator("#panel-body")).to_contain_text("No table is free for them then")


def test_a_story_follows_its_booking(evening, open_page):
    page = open_page(evening.url)
    booking = next(b for b in evening.bookings.values() if b["status"] == "confirmed" and len(b["tables"]) == 1)
    page.locator(f'.bar[aria-label*="table {booking["tables"][0]}"][aria-label*="{booking["start"]:%H:%M}"]').click()
    expect(page.locator("#panel .steps li")).to_have_count(6)
    evening.set_status(booking, "seated")
    expect(page.locator("#panel .steps li")).to_have_count(7)
    expect(page.locator("#panel .lead")).to_contain_text("At the table")


def test_bars_are_walked_by_arrow_keys(evening, open_page):
    page = open_page(evening.url)
    assert page.locator('.bar[tabindex="0"]').count() == 1
    page.locator('.bar[tabindex="0"]').focus()
    here = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    there = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "party of" in there and here != there
    assert page.locator('.bar[tabindex="0"]').count() == 1


# What it survives


def test_names_are_text_never_markup(serve, open_page):
    evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=2</script>'
    evening = Evening(name=evil).fill()
    evening.claims[0]["note"] = evil
    evening.file["zones"][2]["name"] = evil
    for table in evening.file["tables"]:
        table["zone"] = evil if table["zone"] == "Garden" else table["zone"]
    review = next(b for b in evening.bookings.values() if b["assignment_state"] == "manual_review")
    review["reason"] = evil
    page = open_page(serve(evening).url)
    assert page.inner_text("#name") == evil
    evening.book(2, "21:00")
    page.click('[data-table="B8"]')
    expect(page.locator("#panel-body")).to_contain_text("onerror")
    assert page.locator("body img").count() == 0
    assert page.locator("body script").count() == 0
    assert page.evaluate("window.hurt") is None


def test_unknown_reasons_and_states_stay_readable(evening, open_page):
    page = open_page(evening.url)
    booking = evening.new(3, "20:30")
    evening.step(booking, "manual_review", reason="moon_too_bright")
    expect(page.locator("#attention")).to_contain_text("Moon too bright")


def test_a_broken_event_reads_the_floor_again(evening, open_page):
    page = open_page(evening.url)
    before = int(page.inner_text("#count-confirmed"))
    evening.book(2, "21:00", publish=False)
    for listener in list(evening.listeners):
        listener.put((999, "booking", "not an object"))
    expect(page.locator("#count-confirmed")).to_have_text(str(before + 1))


def test_a_server_that_is_not_there_yet_is_waited_for(evening, browser):
    page = browser.new_page()
    page.route("**/v1/restaurants", lambda route: route.abort(), times=1)
    page.goto(evening.url)
    expect(page.locator("#alert")).to_contain_text("does not answer")
    page.wait_for_selector("#floor .table", timeout=8000)
    expect(page.locator("#alert")).to_be_hidden()
    page.close()


def test_nothing_is_written_and_nothing_comes_from_elsewhere(url, open_page):
    page = open_page(url)
    page.locator("#floor .table").first.click()
    page.wait_for_timeout(300)
    assert all(request.startswith(url) for request in page.watch.requests)
    modules = [request for request in page.watch.requests if request.endswith(".js")]
    assert f"{url}/console/main.js" in modules
    for module in modules:
        assert "innerHTML" not in page.evaluate("(url) => fetch(url).then((answer) => answer.text())", module)


def test_the_page_asks_for_its_modules_at_once_and_for_no_other(url, open_page):
    page = open_page(url)
    preloaded = page.locator('link[rel="modulepreload"]').evaluate_all("links => links.map((link) => link.href)")
    loaded = {request for request in page.watch.requests if request.endswith(".js")}
    assert sorted(preloaded) == sorted(loaded - {f"{url}/console/main.js"})


# Seen and heard by everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (1180, 820), (820, 1180)])
def test_axe_finds_nothing(url, open_page, scheme, size):
    page = open_page(url, width=size[0], height=size[1], scheme=scheme)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": {"type": "tag", "values": tags}}
    assert violations(page, options) == []
    page.locator("#floor .table").first.click()
    page.wait_for_timeout(300)
    assert violations(page, options) == []


def test_axe_finds_nothing_in_the_summary_and_a_story(serve, open_page):
    for scheme in ("light", "dark"):
        evening = Evening().fill()
        evening.end_demo()
        page = open_page(serve(evening).url, scheme=scheme)
        expect(page.locator("#summary")).to_be_visible()
        assert violations(page) == []
        page.locator(".bar.confirmed").first.click()
        expect(page.locator("#panel .steps li").first).to_be_visible()
        assert violations(page) == []


def violations(page, options=None):
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {node['html'][:160]} {node['failureSummary']}" for v in found for node in v["nodes"]]


CONTRASTS = """() => {
  const style = getComputedStyle(document.documentElement);
  const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const light = (name) => {
    probe.fillStyle = style.getPropertyValue(name);
    probe.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...probe.getImageData(0, 0, 1, 1).data].map((v) => v / 255)
      .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return (pairs) => pairs.map(([a, b]) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return [a, b, (high + 0.05) / (low + 0.05)];
  });
}"""

TEXT = [("--ink", "--card"), ("--ink", "--well"), ("--muted", "--bg"), ("--muted", "--card"), ("--muted", "--well"),
        ("--accent-ink", "--accent"), ("--confirmed-ink", "--confirmed"), ("--seated-ink", "--seated"),
        ("--next-ink", "--next"), ("--hold-ink", "--hold"), ("--block-ink", "--block"), ("--review-ink", "--review"),
        ("--risk-ink", "--risk"), ("--good", "--card"), ("--risk", "--card")]
SHAPES = [("--edge", "--card"), ("--edge", "--well"), ("--confirmed", "--well"), ("--seated", "--well"),
          ("--next-edge", "--well"), ("--hold-edge", "--well"), ("--block-edge", "--well"), ("--focus", "--well"),
          ("--now", "--card")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast_inside_the_drawing(url, open_page, scheme):
    """Axe does not look into SVG: the colours that the drawing pairs are checked by number."""
    page = open_page(url, scheme=scheme)
    measure = lambda pairs: page.evaluate(f"(pairs) => ({CONTRASTS})()(pairs)", pairs)
    assert [row for row in measure(TEXT) if row[2] < 4.5] == []
    assert [row for row in measure(SHAPES) if row[2] < 3] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictures(url, open_page, screenshots, scheme):
    page = open_page(url, scheme=scheme)
    page.screenshot(path=screenshots / f"floor-{scheme}.png")
    page = open_page(url, scheme=scheme, width=820, height=1180, has_touch=True)
    page.screenshot(path=screenshots / f"floor-{scheme}-tablet.png")
    assert (screenshots / f"floor-{scheme}.png").stat().st_size > 20_000
