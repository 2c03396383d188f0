"""The whole way in a real browser: with the mouse, by keyboard alone, without JavaScript, and with axe looking on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

pytest.importorskip("selenium", reason="selenium is a development package")

from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait

from onrecord.store import Store
from onrecord.web.app import create_app
from onrecord.web.settings import RoomSettings
from tests.web.browser import browse, find_barriers, find_errors, find_missing, serve, set_screen
from tests.web.clerk import FIRST, Clerk
from tests.web.visits import fill_store, find_story

pytestmark = pytest.mark.skipif(bool(find_missing()), reason=find_missing())

FRESH = FIRST.replace("before the summer", "before the autumn").replace("March 4", "March 5")
SCREENS = ((1280, 900), (390, 844))


@pytest.fixture(scope="module")
def browser() -> Iterator[WebDriver]:
    """One browser for all tests of this module."""
    with browse() as browser:
        yield browser


@pytest.fixture
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Store]]:
    """The address of a room, and its store."""
    store = fill_store(tmp_path_factory.mktemp("room") / "room.db")
    with store, serve(create_app(RoomSettings(), store, make_reader=Clerk)) as address:
        yield address, store


def press(browser: WebDriver, *keys: str) -> None:
    """Press keys where the focus is."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def wait_for(browser: WebDriver, pattern: str) -> None:
    """Wait for the address to fit."""
    WebDriverWait(browser, 20).until(lambda _: re.search(pattern, browser.current_url))


def list_paths(store: Store) -> tuple[str, ...]:
    """Every kind of page."""
    story, other = find_story(store, "open talks"), find_story(store, "turns down")
    return (
        "/",
        f"/story/{story}",
        f"/story/{story}?claim=s1",
        f"/story/{story}?view=original",
        f"/story/{story}?view=print",
        f"/diff/{story}/{other}",
        "/talks",
        "/talks/t1",
        "/actors",
        "/actor/1",
        "/pair?a=NRL&b=SDR",
        "/search?q=tolls&kind=statement",
        "/check",
        "/check?kind=event",
        "/read",
        "/log",
        "/nothing",
    )


def test_a_story_is_pasted_read_opened_corrected_searched_and_exported(
    browser: WebDriver, room: tuple[str, Store]
) -> None:
    address, store = room
    browser.get(f"{address}/read")
    browser.find_element(By.ID, "text").send_keys(FRESH)
    browser.find_element(By.CSS_SELECTOR, "form.drop button.main").click()
    wait_for(browser, r"/story/[0-9a-f]{64}")
    browser.find_element(By.CSS_SELECTOR, "a.m-statement").click()
    assert "Why it was coded so" in browser.find_element(By.ID, "record").text
    browser.find_element(By.LINK_TEXT, "All claims").click()
    browser.find_element(By.LINK_TEXT, "river tolls").click()
    assert browser.find_element(By.TAG_NAME, "h1").text == "river tolls"
    browser.find_element(By.LINK_TEXT, "correct").click()
    Select(browser.find_element(By.ID, "f-state")).select_by_value("withdrawn")
    browser.find_element(By.CSS_SELECTOR, "button[value=save]").click()
    wait_for(browser, r"/check\?kind=position$")
    assert "withdrawn" in browser.find_element(By.CSS_SELECTOR, "[aria-labelledby=recent]").text
    browser.find_element(By.ID, "quick").send_keys("autumn", Keys.ENTER)
    wait_for(browser, r"/search\?q=autumn")
    assert browser.find_element(By.TAG_NAME, "mark").text == "autumn"
    download = browser.find_element(By.LINK_TEXT, "CSV").get_attribute("href")
    assert download
    assert "/api/search.csv?q=autumn" in download
    assert find_errors(browser) == []
    with store.view() as view:
        assert view.count()["corrections"] == 1


def test_the_room_is_usable_by_keyboard_alone(browser: WebDriver, room: tuple[str, Store]) -> None:
    address, store = room
    browser.get(f"{address}/talks")
    press(browser, Keys.TAB)
    assert browser.switch_to.active_element.text == "Skip to the content"
    press(browser, Keys.ENTER, Keys.TAB)
    assert browser.switch_to.active_element.get_attribute("id") == "q"
    browser.get(f"{address}/check?kind=statement")
    press(browser, "n")
    wait_for(browser, r"skip=1")
    press(browser, "a")
    wait_for(browser, r"/check\?kind=statement&skip=1$")
    waiting = WebDriverWait(browser, 20, ignored_exceptions=[StaleElementReferenceException])
    waiting.until(lambda _: "accept" in browser.find_element(By.TAG_NAME, "main").text)
    press(browser, "/")
    waiting.until(lambda _: browser.switch_to.active_element.get_attribute("id") == "quick")
    press(browser, "tolls", Keys.ENTER)
    wait_for(browser, r"/search\?q=tolls")
    with store.view() as view:
        assert view.count()["corrections"] == 1


def test_everything_can_be_read_without_javascript(browser: WebDriver, room: tuple[str, Store]) -> None:
    address, store = room
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.get(f"{address}/read")
        browser.find_element(By.ID, "text").send_keys(FRESH)
        browser.find_element(By.CSS_SELECTOR, "form.drop button.main").click()
        wait_for(browser, r"/story/[0-9a-f]{64}")
        browser.find_element(By.CSS_SELECTOR, "a.m-event").click()
        assert "CONSULT" in browser.find_element(By.ID, "record").text
        for path in list_paths(store):
            browser.get(address + path)
            assert browser.find_element(By.TAG_NAME, "h1").text
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_a_barrier_would_be_found(browser: WebDriver, room: tuple[str, Store]) -> None:
    browser.get(f"{room[0]}/talks")
    browser.execute_script("document.querySelector('label[for=q]').remove(); document.documentElement.lang = '';")
    assert {line.split(":")[0] for line in find_barriers(browser)} >= {"label", "html-has-lang"}


def test_nothing_of_a_story_runs(browser: WebDriver, room: tuple[str, Store]) -> None:
    address, store = room
    story = find_story(store, "ampersands")
    for path in (f"/story/{story}", f"/story/{story}?view=original", "/search?q=bold", "/check?kind=statement", "/"):
        browser.get(address + path)
        assert browser.find_elements(By.CSS_SELECTOR, "main script, main img, main q b") == []
    assert find_errors(browser) == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SCREENS, ids=["desktop", "phone"])
def test_no_page_has_a_barrier_or_an_error(
    browser: WebDriver, room: tuple[str, Store], theme: str, width: int, height: int
) -> None:
    address, store = room
    set_screen(browser, width, height)
    find_errors(browser)
    barriers = {}
    for path in list_paths(store):
        browser.get(f"{address}{path}{'&' if '?' in path else '?'}theme={theme}")
        barriers[path] = find_barriers(browser)
        wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{path} is wider than the screen by {wide}"
    assert {path: found for path, found in barriers.items() if found} == {}
    assert find_errors(browser) == []
