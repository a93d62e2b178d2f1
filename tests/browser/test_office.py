"""The office as people use it: by keyboard alone and without JavaScript, and with nothing that axe finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Browser, Page, expect

from goodstanding.ledger.models import Record
from goodstanding.postgres import Role, open_cluster
from tests.browser.site import running
from tests.integration.installation import installed, migrated_template
from tests.integration.office.conftest import code_now, office_over
from tests.integration.office.team import LAW, SECTIONS, team_over

PASSWORD = "a long road to the harbour"
KEY = "a key that both processes of this test know"


@dataclass(frozen=True)
class OfficeSite:
    """Where the office listens; its two cases, an organisation, a record, and sessions by name."""

    address: str
    fresh: str
    noticed: str
    company: str
    record: str
    sessions: dict[str, str] = field(default_factory=dict)

    def at(self, path: str) -> str:
        """The whole address of a page."""
        return self.address + path


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficeSite]:
    """The office as `serve --office` runs it. One case waits for a review, the other for its second official."""
    folder = tmp_path_factory.mktemp("office")
    with (
        open_cluster(folder / "cluster") as server,
        migrated_template(server) as template,
        installed(server, template, folder) as installation,
        office_over(installation),
        override_settings(SECRET_KEY=KEY),
        pytest.MonkeyPatch.context() as patch,
    ):
        team = team_over(installation, patch)
        fresh, noticed = team.candidate(), team.candidate()
        at = f"/en/office/cases/{noticed.public_id}"
        clerk = team.people["clerk"]
        sections = dict.fromkeys(SECTIONS, "As the law says.")
        clerk.post(f"{at}/review", send="1", outcome="go_on", reasons="Seen.", **LAW)
        clerk.post(f"{at}/notify", send="1", reasons="Seen.", **sections, **LAW)
        clerk.post(f"{at}/serve_notice", send="1", served_on="2026-03-02", served_how="by-post")
        head = team.people["head"].account
        head.set_password(PASSWORD)
        head.save()
        record = Record.objects.get(content__subject=team.subject)
        sessions = {name: team.people[name].client.cookies["sessionid"].value for name in ("clerk", "rep")}
        more = {
            "GOODSTANDING_SERVED_OFFICE": "1",
            "GOODSTANDING_SERVED_HOME": str(installation.home.path),
            "GOODSTANDING_SECRET_KEY": KEY,
        }
        with running(installation.lease, Path(folder / "granian.log"), Role.APP, more) as address:
            yield OfficeSite(
                address,
                fresh=str(fresh.public_id),
                noticed=str(noticed.public_id),
                company=str(team.subject.public_id),
                record=str(record.public_id),
                sessions=sessions,
            )


def focused(page: Page) -> str:
    """What a screen reader would call the element that has the focus."""
    said = page.evaluate(
        "(e => (e.labels && e.labels.length ? e.labels[0].textContent : e.textContent) || '')"
        "(document.activeElement)"
    )
    return " ".join(str(said).split())


def tab_to(page: Page, name: str) -> None:
    """Tab until the element of this name has the focus; it can be seen that it has."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"no way by keyboard to {name!r} on {page.url}")


def test_an_official_signs_in_and_reviews_a_candidate_by_keyboard_without_javascript(
    site: OfficeSite, phone: Page
) -> None:
    phone.goto(site.at(f"/en/office/cases/{site.fresh}"))
    tab_to(phone, "Account name")
    phone.keyboard.type("head")
    tab_to(phone, "Password")
    phone.keyboard.type(PASSWORD)
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Code of your authenticator app")
    tab_to(phone, "Code")
    phone.keyboard.type(code_now())
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Xiuqiao Chengpang")
    expect(phone.get_by_role("link", name="Sign out")).to_be_visible()
    tab_to(phone, "An official reviews it")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("An official reviews it")
    tab_to(phone, "Do not take it up")
    phone.keyboard.press("Space")
    tab_to(phone, "Do it")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_contain_text("Nothing of what you wrote is lost")
    expect(phone.get_by_label("Do not take it up")).to_be_checked()
    tab_to(phone, "Reasons")
    phone.keyboard.type("The penalty was annulled.")
    tab_to(phone, "Do it")
    phone.keyboard.press("Enter")
    expect(phone.get_by_text("The case is closed.")).to_be_visible()
    expect(phone.get_by_text("The penalty was annulled.")).to_be_visible()


PAGES = [
    ("", "/account/login/?lang=zh"),
    ("clerk", "/office/"),
    ("clerk", "/account/factor/"),
    ("clerk", "/en/office/"),
    ("clerk", "/zh/office/cases/{noticed}"),
    ("clerk", "/en/office/cases/{noticed}/documents/3"),
    ("clerk", "/en/office/cases/{noticed}/hold_hearing"),
    ("rep", "/en/desk/"),
    ("rep", "/zh/desk/alerts/"),
    ("rep", "/en/desk/organisations/{company}"),
    ("rep", "/zh/desk/cases/{noticed}"),
    ("rep", "/en/desk/cases/{noticed}/state"),
    ("rep", "/zh/desk/records/{record}/cn/objection/national"),
]


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_axe_finds_nothing(site: OfficeSite, browser: Browser, who: str, path: str) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 740})
    context.set_default_timeout(15_000)
    if who:
        context.add_cookies([{"name": "sessionid", "value": site.sessions[who], "url": site.address}])
    page = context.new_page()
    filled = path.format(noticed=site.noticed, company=site.company, record=site.record)
    answer = page.goto(site.at(filled))
    assert answer is not None and answer.status == 200 and re.sub(r"\?.*", "", filled) in page.url
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, (
        "it is read without scrolling sideways"
    )
    context.close()
