"""The office as people use it: by keyboard alone and without JavaScript, and with nothing that axe finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.office_pages import LOST, NO_PAGES, PAGES, names
from tests.browser.office_site import OLD, PASSWORD, OfficeSite, office_served
from tests.integration.installation import TODAY
from tests.integration.office.conftest import code_now
from tests.integration.portal.conftest import MOTHER


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeSite]:
    """The office as `serve --office` runs it, with cases in their states."""
    with office_served(tmp_path_factory.mktemp("office")) as one:
        yield one


def focused(page: Page) -> str:
    """What a screen reader would call the element that has the focus."""
    said = page.evaluate(
        "(e => (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent) || '')"
        "(document.activeElement)"
    )
    return " ".join(str(said).split())


def tab_to(page: Page, name: str) -> None:
    """Tab until the element of this name has the focus; it can be seen that it has."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"no way by keyboard to {name!r} on {page.url}")


def go(page: Page, name: str) -> None:
    """Follow a link, or press a button, by keyboard, to the page where it leads."""
    tab_to(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def go_within(page: Page, part: str, name: str, beside: str) -> None:
    """Follow the link of this name that stands in one part of the page with a text."""
    for _ in range(20):
        tab_to(page, name)
        around = f"document.activeElement.closest('{part}')?.textContent || ''"
        if beside in str(page.evaluate(around)):
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no {name!r} beside {beside!r} on {page.url}")


def write(page: Page, name: str, text: str) -> None:
    """Write into a field by keyboard, in place of what is there."""
    tab_to(page, name)
    page.keyboard.press("Control+A")
    page.keyboard.type(text)


def as_(site: OfficeSite, page: Page, who: str, path: str) -> None:
    """Come to a page as an account that has signed in."""
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": site.address}])
    page.goto(site.at(path))


def heading(page: Page, text: str) -> None:
    """The page is the one with this heading."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def test_an_official_signs_in_and_reviews_a_candidate_by_keyboard_without_javascript(
    site: OfficeSite, phone: Page
) -> None:
    phone.goto(site.at("/en/office/cases/{fresh}"))
    write(phone, "Account name", "head")
    write(phone, "Password", PASSWORD)
    phone.keyboard.press("Enter")
    heading(phone, "Code of your authenticator app")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    write(phone, "Code", code_now())
    phone.keyboard.press("Enter")
    heading(phone, "Xiuqiao Chengpang")
    expect(phone.get_by_role("link", name="Sign out")).to_be_visible()
    go(phone, "An official reviews it")
    heading(phone, "An official reviews it")
    tab_to(phone, "Do not take it up")
    phone.keyboard.press("Space")
    go(phone, "Close the review")
    expect(phone.get_by_role("alert")).to_contain_text("Nothing of what you wrote is lost")
    expect(phone.get_by_label("Do not take it up")).to_be_checked()
    write(phone, "Reasons", "The penalty was annulled.")
    go(phone, "Close the review")
    expect(phone.get_by_text("The case is closed.")).to_be_visible()
    expect(phone.get_by_text("The penalty was annulled.")).to_be_visible()


def test_an_official_comes_from_the_queue_to_a_notice_that_is_served(site: OfficeSite, phone: Page) -> None:
    as_(site, phone, "clerk", "/en/office/?act=propose")
    go(phone, "Xiuqiao Chengpang Auto Parts Co.")
    case = phone.url
    go(phone, "An official reviews it")
    tab_to(phone, "Do not take it up")
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_label("Take it up", exact=True)).to_be_checked()
    write(phone, "Reasons", "A penalty for emissions.")
    go(phone, "Close the review")
    go(phone, "Draw up the prior notice")
    for name in ("Facts", "Evidence", "Rights of the organisation, and until when", "Measures that follow"):
        tab_to(phone, name)
        assert phone.evaluate("document.activeElement.value"), f"{name} is proposed from the case"
    write(phone, "Reasons", "The emissions were above the limit.")
    go(phone, "Draw up the notice")
    assert phone.url == case
    go(phone, "Serve the prior notice")
    tab_to(phone, "Day on which it arrived")
    phone.keyboard.type(f"{TODAY:%m%d%Y}")
    go(phone, "Enter the service of the notice")
    expect(phone.get_by_text("The organisation may speak until", exact=False).first).to_be_visible()
    go(phone, "The document")
    expect(phone.get_by_text("The emissions were above the limit.")).to_be_visible()


def test_two_officials_decide_and_a_third_confirms(site: OfficeSite, phone: Page) -> None:
    as_(site, phone, "clerk", "/en/office/cases/{ripe}")
    go(phone, "Decide in writing, with reasons")
    tab_to(phone, "To list")
    phone.keyboard.press("Space")
    write(phone, "Reasons", "It weighs enough.")
    write(phone, "Remedies", "The county government, within 60 days.")
    go(phone, "Propose it to a second official")
    expect(phone.get_by_text("awaits the signature of a second official")).to_be_visible()
    as_(site, phone, "head", "/en/office/cases/{ripe}")
    go(phone, "Open it")
    expect(phone.get_by_text("It weighs enough.").first).to_be_visible()
    go(phone, "Sign as second official")
    as_(site, phone, "above", "/en/office/cases/{ripe}")
    go(phone, "The authority above confirms")
    tab_to(phone, "Confirmed")
    phone.keyboard.press("Space")
    write(phone, "Reasons", "Agreed.")
    go(phone, "Answer as the authority above")
    as_(site, phone, "clerk", "/en/office/cases/{ripe}")
    go(phone, "Serve the decision")
    tab_to(phone, "Day on which it arrived")
    phone.keyboard.type(f"{TODAY:%m%d%Y}")
    go(phone, "Enter the service of the decision")
    expect(phone.get_by_text("The entry stands from")).to_be_visible()
    as_(site, phone, "rep", "/en/desk/")
    heading(phone, "Desk of your organisations")
    phone.goto(site.at("/en/desk/cases/{ripe}"))
    expect(phone.get_by_text("It weighs enough.").first).to_be_visible()


@pytest.mark.parametrize(
    ("procedure", "way"),
    [
        ("objection", "Objection: Objection at Credit China"),
        ("repair", "Repair: Repair at Credit China"),
    ],
)
def test_a_representative_asks_hands_in_a_document_and_reads_what_was_decided(
    site: OfficeSite, phone: Page, tmp_path: Path, procedure: str, way: str
) -> None:
    as_(site, phone, "rep", "/en/desk/")
    go_within(phone, "section", "Xiuqiao Chengpang Auto Parts Co.", MOTHER)
    link = phone.locator("section", has_text=OLD).get_by_role("link", name=way)
    go_within(phone, "section", " ".join((link.text_content() or "").split()), OLD)
    fields = phone.locator("main textarea")
    for number in range(fields.count()):
        write(
            phone,
            " ".join((phone.locator("main .field label").nth(number).text_content() or "").split()),
            "Paid.",
        )
    go(phone, "Send the application")
    case = urlsplit(phone.url).path
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("paid", encoding="utf-8")
    write(phone, "What the document is", "Receipt")
    tab_to(phone, "File, at most 5 MB")
    phone.locator("input[type=file]").set_input_files(receipt)  # what the system's own dialog does
    go(phone, "Hand it in")
    expect(phone.get_by_role("link", name="Receipt")).to_be_visible()
    decided = case.replace("/desk/", "/office/")
    for act, choice in _steps(procedure):
        as_(site, phone, "keeper", decided)
        go(phone, act)
        if choice:
            tab_to(phone, choice)
            phone.keyboard.press("Space")
        _fill(phone)
        go(phone, phone.locator("button[name=send]").inner_text())
    as_(site, phone, "rep", case)
    expect(phone.get_by_text("Because it is so.").first).to_be_visible()
    expect(phone.get_by_text("Granted").first).to_be_visible()


def _steps(procedure: str) -> list[tuple[str, str]]:
    begins = (
        [("Mark the record as disputed", "")]
        if procedure == "objection"
        else [("Accept or reject the application", "Accepted"), ("Examine the evidence", "")]
    )
    serves = "Answer in writing, with reasons" if procedure == "objection" else "Serve the decision"
    return [*begins, ("Decide in writing, with reasons", "Granted"), (serves, "")]


def _fill(page: Page) -> None:
    """What a form asks for, by keyboard."""
    for label in page.locator("main .field label:not(.choice)").all_text_contents():
        name = " ".join(label.split())
        if name in ("Reasons", "Facts", "Remedies"):
            write(page, name, "Because it is so.")
        elif name == "Day on which it arrived":
            tab_to(page, name)
            page.keyboard.type(f"{TODAY:%m%d%Y}")


def test_a_question_is_asked_at_the_counter_and_the_organisation_sees_it(
    site: OfficeSite, phone: Page
) -> None:
    as_(site, phone, "keeper", "/office/")
    go(phone, "Ask at the counter")
    go(phone, "Ask")
    expect(phone.get_by_role("alert")).to_contain_text("Nothing of what you wrote is lost")
    write(phone, "Identifier of the organisation", site.known["usci"])
    write(phone, "What for, such as the number of the file", "tender 27 of 2026")
    go(phone, "Ask")
    heading(phone, "Xiuqiao Chengpang")
    expect(phone.get_by_text("Asked on")).to_be_visible()
    as_(site, phone, "rep", "/en/desk/organisations/{company}")
    told = phone.get_by_text("tender 27 of 2026")
    expect(told).to_be_visible()
    expect(phone.get_by_text("keeper")).to_have_count(0)


def test_no_page_is_forgotten(site: OfficeSite) -> None:
    assert set(names()) == PAGES.keys() | NO_PAGES.keys()


@pytest.mark.parametrize("name", [*PAGES, "lost"])
def test_axe_finds_nothing(site: OfficeSite, browser: Browser, name: str) -> None:
    looks = PAGES.get(name, LOST)
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(15_000)
    for who, path in looks:
        context.clear_cookies()
        if who:
            context.add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": site.address}])
        page = context.new_page()
        answer = page.goto(site.at(path))
        assert answer is not None and answer.status == (404 if name == "lost" else 200), (path, answer)
        assert urlsplit(page.url).path == urlsplit(site.at(path)).path, "it leads elsewhere"
        found = Axe().run(page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360, f"{path} is read without scrolling sideways"
        page.close()
    context.close()
