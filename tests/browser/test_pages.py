from __future__ import annotations

from typing import Any

import pytest

from assistant.service import Assistant
from tests.browser.conftest import Opened

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

SLUG = "crc-c-opsc-lao-co-1"
PAGE = f"/documents/{SLUG}"
PLACE = "para_22__subpara_c"
PAGES = {
    "document": PAGE,
    "search": f"{PAGE}?q=birth+registration",
    "home": "/",
    "answer": "/?q=What+did+the+Committee+recommend+about+extradition%3F",
    "refusal": "/?q=football+world+cup",
    "not held": "/documents/crc-c-ken-co-1",
}
NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_page: Opened, path: str, scheme: str) -> None:
    for viewport in (WIDE, NARROW):
        page = open_page(path, viewport=viewport, color_scheme=scheme)
        for closed in page.locator("details").all()[:3]:
            closed.evaluate("details => details.open = true")
        result = axe.Axe().run(page).response
        assert len(result["passes"]) > 10
        assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_narrow_screen_scrolls_in_one_direction_only(open_page: Opened, path: str) -> None:
    page = open_page(path, viewport=NARROW)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")


def background(page: Any, selector: str) -> str:
    return str(page.eval_on_selector(selector, "element => getComputedStyle(element).backgroundColor"))


def test_the_cited_place_is_in_sight_and_marked(open_page: Opened) -> None:
    page = open_page(f"{PAGE}#{PLACE}", viewport=WIDE)
    box = page.locator(f"#{PLACE}").bounding_box()
    assert 0 < box["y"] < 100
    assert background(page, f"#{PLACE}") != background(page, "#para_22__subpara_d")


def test_a_citation_is_copied_by_keyboard_in_the_style_chosen_before(
    open_page: Opened, assistant: Assistant
) -> None:
    page = open_page(PAGE, viewport=WIDE, permissions=["clipboard-read", "clipboard-write"])
    page.select_option("#style", "bluebook")
    page.goto(f"{PAGE}#{PLACE}")
    assert page.input_value("#style") == "bluebook"
    page.focus(f"#{PLACE} > .cite > summary")
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
    page.wait_for_selector("#copied:not(:empty)")
    expected = assistant.cite(SLUG, PLACE)["bluebook"]
    assert page.evaluate("navigator.clipboard.readText()") == expected
    assert page.inner_text("#copied") == f"Copied: {expected}"
    assert page.get_attribute("#copied", "aria-live") == "polite"
    page.select_option("#style", "aglc")
    assert page.inner_text(f"#{PLACE} .citation") == assistant.cite(SLUG, PLACE)["aglc"]
    assert page.locator(f"#{PLACE} .citation i").count() == 1


def test_an_address_that_names_a_style_beats_the_one_chosen_before(open_page: Opened) -> None:
    page = open_page(PAGE)
    page.select_option("#style", "bluebook")
    page.goto(f"{PAGE}?style=mcgill")
    assert page.input_value("#style") == "mcgill"


def test_without_a_clipboard_the_citation_is_selected(open_page: Opened, assistant: Assistant) -> None:
    page = open_page(PAGE)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.click(f"#{PLACE} > .cite > summary")
    page.click(f"#{PLACE} button")
    assert "is selected" in page.inner_text("#copied")
    assert page.evaluate("getSelection().toString()") == assistant.cite(SLUG, PLACE)["un"]


def test_without_storage_the_style_still_changes(open_page: Opened, assistant: Assistant) -> None:
    page = open_page(PAGE)
    page.evaluate("Object.defineProperty(window, 'localStorage', {get() { throw new Error(); }})")
    page.click(f"#{PLACE} > .cite > summary")
    page.select_option("#style", "oscola")
    assert page.inner_text(f"#{PLACE} .citation") == assistant.cite(SLUG, PLACE)["oscola"]


def test_without_a_script_citations_are_there_in_the_chosen_style(
    open_page: Opened, assistant: Assistant
) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    page.select_option("#style", "oscola")
    page.click(".styles button")
    page.click(f"#{PLACE} > .cite > summary")
    assert page.inner_text(f"#{PLACE} .citation") == assistant.cite(SLUG, PLACE)["oscola"]
    assert page.locator(f"#{PLACE} button").count() == 0


def test_a_search_keeps_the_style_and_leads_into_the_text(open_page: Opened) -> None:
    page = open_page(PAGE, viewport=WIDE)
    page.select_option("#style", "oscola")
    page.fill("#q", "birth registration")
    page.keyboard.press("Enter")
    page.wait_for_selector("#results")
    assert page.input_value("#style") == "oscola"
    page.click(f'#results a[href="#{PLACE}"]')
    assert page.url.endswith(f"#{PLACE}")
    assert page.locator(f"#{PLACE}").bounding_box()["y"] < 100


def test_the_skip_link_is_first_and_leads_past_the_contents(open_page: Opened) -> None:
    page = open_page(PAGE, viewport=WIDE)
    page.keyboard.press("Tab")
    assert page.inner_text(":focus") == "Skip to the text"
    assert page.locator(":focus").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_what_has_the_focus_is_seen(open_page: Opened) -> None:
    page = open_page(PAGE, viewport=WIDE)
    for _ in range(60):
        page.keyboard.press("Tab")
        style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert style != "none", page.evaluate("document.activeElement.outerHTML")


def test_what_is_printed_is_the_text(open_page: Opened) -> None:
    page = open_page(PAGE)
    page.emulate_media(media="print")
    for selector in (".site", ".contents", ".tools", ".cite >> nth=0", ".skip"):
        assert not page.locator(selector).is_visible()
    for selector in ("h1", ".edition", "#para_22", ".notes"):
        assert page.locator(selector).is_visible()
    assert page.pdf().startswith(b"%PDF")
