"""Signing in with an API key: against the mock, and against a real server that asks for keys."""

import pytest
from playwright.sync_api import expect

from mock_server import Evening
from real_server import HOUSE, coming_friday
from test_floor import violations

KEY = "hw_" + "5e" * 32
STORED = "Object.entries(sessionStorage).concat(Object.entries(localStorage)).flat().join(' ')"
UNKNOWN = "does not know the key, or it has been revoked"


@pytest.fixture
def guarded(serve):
    """A filled evening behind keys."""
    evening = Evening().fill()
    evening.keys = {KEY: "host", "hw_guest": "guest_app"}
    evening.url = serve(evening).url
    return evening


@pytest.fixture
def sign_in(open_page):
    """Opens a page of a server that asks for a key, and types one."""

    def sign_in(url, key=None, **options):
        page = open_page(url, settled=False, refusals=options.pop("refusals", (401,)), **options)
        expect(page.locator("#key")).to_be_focused()
        if key:
            page.keyboard.type(key)
            page.keyboard.press("Enter")
        return page

    return sign_in


def expect_floor(page):
    expect(page.locator("#floor .table").first).to_be_visible()
    expect(page.locator("#link")).to_have_attribute("data-state", "live")


def asked(evening, part):
    """The headers of the requests to the API's paths with this part."""
    return [headers for path, headers in evening.requests if path.startswith("/v1/") and part in path]


# Asking


def test_without_a_key_the_page_asks_for_one(guarded, sign_in):
    page = sign_in(guarded.url)
    assert page.title() == "Sign in · Headwaiter"
    for part in ("#main", "#choose", "#alert", "#sign-out", "#counters", "#sign-in-error"):
        expect(page.locator(part)).to_be_hidden()
    assert asked(guarded, "/floor?") == []


def test_an_open_server_asks_for_nothing(evening, open_page):
    page = open_page(evening.url)
    expect(page.locator("#sign-in")).to_be_hidden()
    expect(page.locator("#sign-out")).to_be_hidden()
    assert not any("authorization" in headers for _, headers in evening.requests)


def test_a_good_key_opens_the_floor_and_what_happens_there(guarded, sign_in):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    expect(page.locator("#sign-in")).to_be_hidden()
    before = int(page.inner_text("#count-confirmed"))
    guarded.book(2, "21:00")
    expect(page.locator("#count-confirmed")).to_have_text(str(before + 1))
    page.locator(".bar.confirmed").first.click()
    expect(page.locator("#panel .steps li").first).to_be_visible()
    for part in ("/floor?", "/events", "/history", "/why"):
        assert [headers.get("authorization") for headers in asked(guarded, part)] != []
        assert {headers.get("authorization") for headers in asked(guarded, part)} == {f"Bearer {KEY}"}


def test_the_key_is_in_the_tabs_session_only(guarded, sign_in):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    assert page.evaluate("Object.entries(sessionStorage)") == [["headwaiter.key", KEY]]
    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []
    assert not any(KEY in url for url in page.watch.requests) and KEY not in page.url
    assert not any(KEY in text for text in page.watch.said)
    assert KEY not in page.content() and page.input_value("#key") == ""


def test_a_reload_stays_signed_in_and_another_tab_is_not(guarded, sign_in, open_page):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    page.reload()
    expect_floor(page)
    other = open_page(guarded.url, settled=False, refusals=(401,), context=page.context)
    expect(other.locator("#key")).to_be_focused()


def test_signing_out_forgets_key_and_floor(guarded, sign_in):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#key")).to_be_focused()
    expect(page.locator("#sign-in-error")).to_be_hidden()
    assert page.evaluate(STORED) == ""
    assert page.locator("#floor .table").count() == 0
    page.reload()
    expect(page.locator("#key")).to_be_focused()


# Refusals


def test_a_wrong_key_is_told_and_can_be_typed_again(guarded, sign_in):
    page = sign_in(guarded.url, "hw_wrong")
    expect(page.get_by_role("alert")).to_contain_text(UNKNOWN)
    expect(page.locator("#key")).to_be_focused()
    assert page.get_attribute("#key", "aria-invalid") == "true"
    assert page.evaluate(STORED) == ""
    page.keyboard.type(KEY)  # over the wrong one, which is selected
    page.keyboard.press("Enter")
    expect_floor(page)


@pytest.mark.parametrize("text", ["", "   ", "schlüssel", "two words", "hw_\u200bhidden"])
def test_what_cannot_be_a_key_is_told_without_asking_the_server(guarded, sign_in, text):
    page = sign_in(guarded.url)
    requests = len(guarded.requests)
    page.fill("#key", text)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("API key")
    expect(page.locator("#key")).to_be_focused()
    assert len(guarded.requests) == requests


def test_a_role_that_may_not_is_told_which_may(guarded, sign_in):
    page = sign_in(guarded.url, "hw_guest", refusals=(401, 403))
    told = page.get_by_role("alert")
    expect(told).to_contain_text("its role, guest app, may not see the floor")
    expect(told).to_contain_text("Roles that may: admin, host, operator.")
    assert page.evaluate(STORED) == ""


def test_a_key_revoked_while_the_floor_is_open_takes_the_floor_away(guarded, sign_in):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    guarded.keys = {"hw_another": "host"}
    guarded.drop_streams()
    expect(page.get_by_role("alert")).to_contain_text(UNKNOWN)
    assert page.locator("#floor .table").count() == 0
    assert page.evaluate(STORED) == ""


def test_a_server_that_is_away_while_signing_in_is_waited_for(guarded, sign_in):
    page = sign_in(guarded.url)
    page.route("**/v1/restaurants", lambda route: route.abort(), times=1)
    page.watch.refusals = (401, "ERR_FAILED")
    page.fill("#key", KEY)
    page.keyboard.press("Enter")
    expect(page.locator("#alert")).to_contain_text("does not answer")
    page.wait_for_selector("#floor .table", timeout=8000)
    expect(page.locator("#alert")).to_be_hidden()
    page.watch.complaints = [text for text in page.watch.complaints if "ERR_FAILED" not in text]


# The stream


def test_a_stream_that_was_cut_goes_on_where_it_ended(guarded, sign_in):
    page = sign_in(guarded.url, KEY)
    expect_floor(page)
    guarded.book(2, "21:00")
    expect(page.locator("#feed li")).to_have_count(1)
    seen = len(guarded.events)
    guarded.drop_streams()
    guarded.book(2, "12:15")  # nobody is listening
    expect(page.locator("#feed li").first).to_contain_text("12:15")
    assert [headers.get("last-event-id") for headers in asked(guarded, "/events")] == [None, str(seen)]


def test_a_busy_server_is_asked_again_until_it_answers(guarded, sign_in):
    page = sign_in(guarded.url, KEY, refusals=(401, 503))
    expect_floor(page)
    guarded.busy = 2
    guarded.drop_streams()
    expect(page.locator("#link")).to_have_attribute("data-state", "reconnecting")
    expect(page.locator("#link")).to_have_attribute("data-state", "live", timeout=10_000)
    assert len(asked(guarded, "/events")) == 4


def test_a_connection_that_fell_silent_is_made_anew(guarded, browser):
    page = browser.new_page()
    page.clock.install()
    page.goto(guarded.url)
    page.fill("#key", KEY)
    page.keyboard.press("Enter")
    page.wait_for_selector('#link[data-state="live"]')
    page.clock.fast_forward(41_000)
    expect(page.locator("#link")).to_have_attribute("data-state", "reconnecting")
    page.clock.fast_forward(5_000)
    expect(page.locator("#link")).to_have_attribute("data-state", "live")
    assert len(asked(guarded, "/events")) == 2
    page.close()


def test_the_streams_text_is_read_as_the_standard_says(url, open_page):
    text = ("\n: hello\n\nid: 7\nevent: booking\ndata: one\ndata:  two\n\n" "data\n\n" "retry: 250\nretry: soon\nevent: lost\n\n"
            "id\r\ndata: {\"a\": \"ü\"}\r\n\r\n" "nonsense: x\rdata: cr\r\r" "data: unfinished")
    expected = [["booking", "one\n two", "7"], ["message", "", "7"], ["message", '{"a": "ü"}', ""], ["message", "cr", ""]]
    page = open_page(url)
    for size in (1, 2, 3, 1000):
        heard, waits = page.evaluate("""async ([text, size]) => {
          const { eventReader } = await import('/console/eventtext.js');
          const heard = [], waits = [];
          const read = eventReader((event) => heard.push([event.name, event.data, event.id]), (ms) => waits.push(ms));
          for (let at = 0; at < text.length; at += size) read(text.slice(at, at + size));
          return [heard, waits];
        }""", [text, size])
        assert (heard, waits) == (expected, [250])


# Seen and heard by everyone


def test_the_form_is_used_by_keyboard(guarded, sign_in):
    page = sign_in(guarded.url)
    here = lambda: page.evaluate("document.activeElement.id")
    order = []
    for _ in range(3):
        order.append(here())
        page.keyboard.press("Tab")
    assert order == ["key", "show-key", "sign-in-button"]
    assert page.get_attribute("#key", "type") == "password"
    page.focus("#show-key")
    page.keyboard.press("Space")
    assert page.get_attribute("#key", "type") == "text"
    page.get_by_label("API key").fill(KEY)
    page.get_by_role("button", name="Sign in").press("Enter")
    expect_floor(page)
    assert page.get_attribute("#key", "type") == "password"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_axe_finds_nothing_in_the_form(guarded, sign_in, scheme, size):
    page = sign_in(guarded.url, width=size[0], height=size[1], scheme=scheme)
    assert violations(page) == []
    page.keyboard.type("hw_wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.fill("#key", KEY)
    page.keyboard.press("Enter")
    expect_floor(page)
    assert violations(page) == []


# A real server


def test_real_server_lets_a_host_in_and_tells_what_happens(keyed, sign_in):
    date = coming_friday()
    page = sign_in(keyed.url, keyed.key("host"), path=f"/floor/{HOUSE}?date={date}", refusals=(401,))
    expect_floor(page)
    made = keyed.book(keyed.admin, 1, date)
    assert made["status"] == "confirmed"
    expect(page.locator("#feed li").first).to_contain_text(f"Party of 2 → {made['tables'][0]}")
    expect(page.locator("#count-confirmed")).to_have_text("1")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("#key")).to_be_focused()


def test_real_server_tells_wrong_keys_and_roles(keyed, sign_in):
    page = sign_in(keyed.url, "hw_" + "0" * 64, refusals=(401, 403))
    expect(page.get_by_role("alert")).to_contain_text(UNKNOWN)
    page.fill("#key", keyed.key("guest_app"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("its role, guest app, may not see the floor")
    expect(page.get_by_role("alert")).to_contain_text("host")


def test_real_server_ends_the_stream_of_a_revoked_key(keyed, sign_in):
    date = coming_friday()
    secret = keyed.key("host")
    page = sign_in(keyed.url, secret, path=f"/floor/{HOUSE}?date={date}", refusals=(401,))
    expect_floor(page)
    keyed.revoke(secret)
    page.wait_for_timeout(1000)  # a revocation acts within a second
    keyed.book(keyed.admin, 2, date, start_time="12:00")
    expect(page.get_by_role("alert")).to_contain_text(UNKNOWN, timeout=10_000)
    assert page.locator("#floor .table").count() == 0


def test_real_server_shows_a_key_its_own_restaurant_only(keyed, sign_in):
    secret = keyed.key("operator", HOUSE)
    page = sign_in(keyed.url, secret, refusals=(401, 404))
    expect_floor(page)
    expect(page.locator("#name")).to_contain_text("White Horse")
    page.goto(f"{keyed.url}/floor/annotated")
    expect(page.locator("#alert")).to_contain_text("or your key may not see it")
