from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.checking.html_report import html_report
from tests.assistant.checking.reports import checked

axe = pytest.importorskip("axe_playwright_python.sync_playwright")

NARROW = {"width": 320, "height": 640}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of a check as a file that somebody opens."""
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(html_report(*checked()), encoding="utf-8")
    return path.as_uri()


@pytest.fixture
def open_report(browser: Any, address: str) -> Iterator[Any]:
    """Opens the report in a context with options; it must load nothing and complain of nothing."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def opened(**options: Any) -> Any:
        context = browser.new_context(**options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("request", lambda request: complaints.append(request.url) if request.url != address else None)
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(open_report: Any, scheme: str) -> None:
    for viewport in (WIDE, NARROW):
        page = open_report(viewport=viewport, color_scheme=scheme)
        page.eval_on_selector_all("details", "all => all.forEach(each => each.open = true)")
        result = axe.Axe().run(page).response
        assert len(result["passes"]) > 10
        assert [(each["id"], each["nodes"][0]["html"]) for each in result["violations"]] == []


def test_its_style_is_let_in_and_a_narrow_screen_scrolls_in_one_direction_only(open_report: Any) -> None:
    page = open_report(viewport=NARROW)
    root = "document.documentElement"
    assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
    assert page.eval_on_selector("tr", "row => getComputedStyle(row).display") == "block"


def test_a_mark_leads_to_its_entry_and_the_entry_back_into_the_text(open_report: Any) -> None:
    page = open_report(viewport=WIDE)
    page.click('.margin a[href="#r2"]')
    page.click('#r2 a[href="#finding-3"]')
    page.go_back()
    page.click("#r2 th a")
    assert page.url.endswith("#in-r2")
    assert 0 <= page.locator("#in-r2").bounding_box()["y"] < WIDE["height"]
