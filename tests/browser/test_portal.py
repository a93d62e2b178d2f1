"""The portal as people read it: on a phone without JavaScript, with a keyboard, on paper, in two languages."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.browser.site import Site
from tests.integration.portal.conftest import MOTHER, PERSON

PATHS = [
    "",
    f"search?q={MOTHER}",
    "file/{company}",
    "file/{restaurant}",
    "packs/",
    "packs/cn/",
    "packs/cn/catalogue",
    "packs/cn/catalogue/tax.arrears",
    "packs/cn/rulebooks/tax-credit",
    "packs/uk-food/rulebooks/hygiene-rating",
    "packs/cn/refused",
    "packs/cn/authorities",
    "packs/cn/lists",
    "packs/cn/publicity",
    "packs/cn/coverage",
    "about",
    "log",
    "nothing-here",
]


def path_of(path: str, lang: str, site: Site) -> str:
    return site.at(f"/{lang}/" + path.format(company=site.company, restaurant=site.restaurant))


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("path", PATHS)
def test_a_phone_shows_the_whole_width_without_scrolling_sideways(
    site: Site, page: Page, path: str, lang: str
) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path_of(path, lang, site))
    widest = page.evaluate(
        "Math.max(...[...document.querySelectorAll('body *')].filter(e => !e.closest('.skip, .away, thead'))"
        ".map(e => e.getBoundingClientRect().right))"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert widest <= 361  # a pixel of rounding


@pytest.mark.parametrize("path", PATHS)
def test_headings_landmarks_and_labels_are_in_order(site: Site, page: Page, path: str) -> None:
    page.goto(path_of(path, "en", site))
    levels = [
        int(one[1]) for one in page.eval_on_selector_all("h1,h2,h3,h4", "all => all.map(e => e.tagName)")
    ]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
    for landmark in ("header", "main", "footer", "header nav[aria-label]"):
        expect(page.locator(landmark)).to_have_count(1)
    unlabelled = "all => all.filter(e => !e.labels || e.labels.length === 0).length"
    assert page.eval_on_selector_all("input", unlabelled) == 0
    ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
    assert len(ids) == len(set(ids)), "an id stands twice"


def test_the_phone_finds_an_organisation_and_reads_its_file_without_javascript(
    site: Site, phone: Page
) -> None:
    phone.goto(site.at("/en/"))
    phone.get_by_label("Name or identifier of an organisation").fill("埕雱")
    phone.get_by_role("button", name="Search").click()
    phone.get_by_role("link", name="Xiuqiao Chengpang Auto Parts Co.").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Xiuqiao Chengpang Auto Parts Co.")
    verdict = phone.get_by_text("2 entries on public record count against this organisation today.")
    expect(verdict).to_be_visible()
    box = verdict.bounding_box()
    assert box is not None and box["y"] < 740, "it is read without scrolling"
    expect(phone.get_by_text(PERSON)).to_be_visible()
    phone.get_by_role("link", name="中文").click()
    expect(phone.get_by_text("今日有 2 条公开记录对该组织不利。")).to_be_visible()
    assert phone.url.endswith(site.company)


def test_a_line_of_a_grade_leads_to_its_record_and_the_rulebook(site: Site, page: Page) -> None:
    page.goto(site.at(f"/en/file/{site.restaurant}"))
    grade = page.get_by_role("region", name="Restaurant letter grade")
    expect(grade.get_by_text("A", exact=True)).to_be_visible()
    grade.get_by_role("link", name="Graded sanitary inspection").click()
    anchor = page.url.partition("#")[2]
    expect(page.locator(f"article#{anchor}")).to_be_in_viewport()
    grade.get_by_role("link", name="Rulebook of").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Restaurant letter grade")
    expect(page.get_by_role("row", name=re.compile("A 0 to 13"))).to_be_visible()


def test_the_box_at_the_top_says_whether_any_result_speaks_against_it_and_leads_there(
    site: Site, phone: Page
) -> None:
    phone.goto(site.at(f"/en/file/{site.restaurant}"))
    told = phone.get_by_text("The one result by a published rulebook holds nothing that speaks against it.")
    expect(told).to_be_visible()
    phone.get_by_role("link", name="Grade A").click()
    expect(phone.locator("#result-us-nyc-restaurant-grade")).to_be_in_viewport()
    details = phone.locator("#result-us-nyc-restaurant-grade > details")
    law = details.get_by_role("link", name="Rulebook of")
    expect(law).to_be_visible()
    details.locator("summary").first.click()
    expect(details).not_to_have_attribute("open", "")


def test_rules_that_are_not_evaluated_can_be_opened_without_javascript(site: Site, phone: Page) -> None:
    phone.goto(site.at(f"/en/file/{site.restaurant}"))
    reason = phone.get_by_text("Closure after an inspection")
    expect(reason).to_be_hidden()
    phone.get_by_text("rules of the law are not evaluated").click()
    expect(reason).to_be_visible()


def test_the_keyboard_comes_first_to_the_skip_link_and_sees_where_it_is(site: Site, page: Page) -> None:
    page.goto(site.at("/en/about"))
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "(() => { const e = document.activeElement, s = getComputedStyle(e);"
        " return [e.closest('main') !== null, s.outlineStyle, parseFloat(s.outlineWidth)]; })()"
    )
    assert focused[0] and focused[1] == "solid" and focused[2] >= 2


def test_targets_are_large_enough_for_a_finger(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(site.at("/en/"))
    for selector in ("header a:not(.skip)", "button", "input"):
        heights = page.eval_on_selector_all(selector, "all => all.map(e => e.getBoundingClientRect().height)")
        assert heights and min(heights) >= 24, selector  # WCAG 2.2, 2.5.8


def test_paper_carries_the_file_and_not_the_navigation(site: Site, page: Page) -> None:
    page.goto(site.at(f"/en/file/{site.company}"))
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("¥90,900").first).to_be_visible()
    for gone in ("header nav", ".switch", ".crumbs", "footer"):
        expect(page.locator(gone)).to_be_hidden()


def test_the_pages_ask_for_nothing_from_elsewhere_and_leave_no_cookie(site: Site, page: Page) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    for path in ("/en/", f"/zh/file/{site.company}", "/en/packs/cn/rulebooks/tax-credit"):
        page.goto(site.at(path))
    assert asked and all(one.startswith(site.address) for one in asked)
    assert complaints == [], "the browser holds the content security policy against the page"
    assert page.context.cookies() == []
    size = page.evaluate("getComputedStyle(document.querySelector('.top')).backgroundColor")
    assert size == "rgb(18, 67, 109)", "the style sheet is there"
