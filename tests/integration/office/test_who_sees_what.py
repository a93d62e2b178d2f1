"""What an account can read is what its lists name: all addresses, walked as everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from goodstanding.ledger.models import Record
from goodstanding.office.models import Draft, Upload
from goodstanding.office.queries import cases_of
from goodstanding.postgres import Lease
from goodstanding.procedures.models import Case, Step
from goodstanding.procedures.queries import Viewer, cases_visible_to, is_party
from tests.integration.installation import TODAY, Installation, Template, installed
from tests.integration.office.companies import COMPANIES
from tests.integration.office.conftest import office_over
from tests.integration.office.team import LAW, SECTIONS, Team, team_over

SECRET = "a draft that nobody has signed"
WRITTEN = "what the notice will say"
SAID = "what the organisation said"
LISTS = ("/en/office/", "/en/office/?over=1", "/en/desk/", "/en/desk/?over=1")
PARTIES = {"ours": {"clerk", "head", "above", "rep"}, "theirs": {"above", "elsewhere"}}
"""Who is a party. The notice of “ours” was served; that of “theirs” is drawn up, so that its company knows nothing."""

REPRESENTS = {"ours": "rep", "theirs": "rival"}
"""Who represents the organisation: reads its file and asks about its records, whatever case there is."""


@dataclass(frozen=True)
class World:
    """Two cases, each with a draft, a document and a step of the organisation; everyone, and the public."""

    team: Team
    cases: dict[str, Case]
    browsers: dict[str, Client]


@pytest.fixture(scope="module")
def world(server: Lease, template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with (
        installed(server, template, tmp_path_factory.mktemp("walked"), COMPANIES) as installation,
        office_over(installation),
        pytest.MonkeyPatch.context() as patch,
    ):
        yield _settled(installation, patch)


def _settled(installation: Installation, patch: pytest.MonkeyPatch) -> World:
    team = team_over(installation, patch)
    people = {name: one.client for name, one in team.people.items()}
    cases = {"ours": team.candidate(), "theirs": team.candidate(team.other)}
    for name, official, rep in (("ours", "clerk", "rep"), ("theirs", "elsewhere", "rival")):
        at = f"/en/office/cases/{cases[name].public_id}"
        send = {"send": "1", "reasons": "Because.", **LAW}
        sections = dict.fromkeys(SECTIONS, WRITTEN)
        people[official].post(f"{at}/review", {**send, "outcome": "go_on"})
        people[official].post(f"{at}/notify", {**send, **sections})
        if name == "ours":
            served = {"served_on": TODAY.isoformat(), "served_how": "by-post", "send": "1"}
            people[official].post(f"{at}/serve_notice", served)
            desk = at.replace("office", "desk")
            people[rep].post(f"{desk}/state", {"reasons": SAID})
            people[rep].post(f"{desk}/uploads", {"file": SimpleUploadedFile("x", b"handed in")})
            people[official].post(f"{at}/hold_hearing", {"keep": "1", "reasons": SECRET})
        else:
            people[official].post(f"{at}/serve_notice", {"keep": "1", "served_how": SECRET})
    assert Draft.objects.count() == 2 and Upload.objects.count() == 1
    assert Step.objects.filter(case=cases["ours"], act="state").exists()
    return World(team, cases, {**people, "public": Client(SERVER_NAME="localhost")})


def _patterns(resolver: URLResolver, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    space = (*names, resolver.namespace) if resolver.namespace else names
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one, space)
        elif one.name:
            yield ":".join((*space, one.name)), one


def addresses(case: Case) -> set[str]:
    """Every address that takes the number of a case, of its organisation or of one of its records."""
    records = Record.objects.filter(content__subject=case.subject)
    fillings: dict[str, list[object]] = {
        "lang": ["en", "zh"],
        "public_id": [case.public_id, case.subject.public_id],
        "number": [1, 2, 3, 4, 5],
        "act": ["review", "notify", "serve_notice", "state", "ask_hearing", "hold_hearing", "decide"],
        "upload": [*Upload.objects.filter(case=case).values_list("pk", flat=True)],
        "record": [*records.values_list("public_id", flat=True)],
        "path": ["cn/objection/national"],
        "rest": [case.public_id],
    }
    found = set()
    for name, pattern in _patterns(get_resolver("goodstanding.site.office_urls")):
        wanted = [*pattern.pattern.converters, *(["lang"] if ":" in name else [])]
        if not {"public_id", "record"} & set(wanted):
            continue
        choices = [fillings[one] for one in dict.fromkeys(wanted)]
        for values in product(*choices):
            found.add(reverse(name, kwargs=dict(zip(dict.fromkeys(wanted), values, strict=True))))
    return found


def wide_addresses(case: Case) -> set[str]:
    """Every address that takes nothing but a language: lists, feeds, files for all, the search for the organisation."""
    found = set()
    for name, pattern in _patterns(get_resolver("goodstanding.site.office_urls")):
        if not set(pattern.pattern.converters) - {"lang"} and not name.startswith(("account_", "mfa_")):
            spaced = {"lang": "en"} if ":" in name or "lang" in pattern.pattern.converters else {}
            at = reverse(name, kwargs=spaced)
            found |= {at, f"{at}?q={case.subject.identifier}", f"{at}?over=1"}
    return found


def _answers(world: World, who: str, case: Case) -> dict[str, HttpResponse]:
    browser = world.browsers[who]
    return {one: cast("HttpResponse", browser.get(one)) for one in sorted(addresses(case))}


def said(answer: HttpResponse) -> str:
    """The text of an answer, whatever it is written as."""
    if answer.headers.get("Content-Type") == "application/pdf":
        return "\n".join(one.extract_text() for one in PdfReader(BytesIO(answer.content)).pages)
    return answer.content.decode()


def _named_in_lists(world: World, who: str, case: Case) -> bool:
    return any(str(case.public_id) in world.browsers[who].get(one).content.decode() for one in LISTS)


EVERYONE = ("public", "none", "clerk", "head", "above", "elsewhere", "tax", "rep", "rival")


@pytest.mark.parametrize("name", ["ours", "theirs"])
@pytest.mark.parametrize("who", EVERYONE)
def test_what_can_be_read_is_what_the_lists_name(world: World, who: str, name: str) -> None:
    case = world.cases[name]
    answers = _answers(world, who, case)
    open_file = f"/file/{case.subject.public_id}"
    opened = {path for path, one in answers.items() if one.status_code not in (301, 302, 403, 404, 405)}
    of_case = {path for path in opened if str(case.public_id) in path}
    party = who in PARTIES[name]
    assert _named_in_lists(world, who, case) is party
    assert bool(of_case) is party, of_case
    own_file = {path for path in opened - of_case if open_file not in path}
    assert bool(own_file) is (who == REPRESENTS[name]), own_file
    if not party:
        for told in (SECRET, WRITTEN, SAID, str(case.public_id)):
            # A page that is not there names the address that was asked for, in the way to the other language.
            saying = [path for path, one in answers.items() if told not in path and told in said(one)]
            assert saying == [], (who, told)


@pytest.mark.parametrize("name", ["ours", "theirs"])
@pytest.mark.parametrize("who", EVERYONE)
def test_no_list_search_or_feed_names_a_case_that_cannot_be_read(world: World, who: str, name: str) -> None:
    case = world.cases[name]
    if who in PARTIES[name]:
        assert case in cases_of(Viewer.of(_key(world, who), TODAY))
        return
    for path in sorted(wide_addresses(case)):
        answer = world.browsers[who].get(path)
        for told in (SECRET, WRITTEN, SAID, str(case.public_id)):
            assert told not in answer.content.decode(), path
    assert case not in cases_visible_to(Viewer.of(_key(world, who), TODAY))
    assert not is_party(case, Viewer.of(_key(world, who), TODAY))


def test_the_walk_of_lists_meets_search_and_both_rooms(world: World) -> None:
    walked = wide_addresses(world.cases["ours"])
    assert {"/en/office/", "/en/desk/"} <= walked
    assert any(one.startswith("/en/search") for one in walked), sorted(walked)


def _key(world: World, who: str) -> str:
    return world.team.people[who].account.key if who in world.team.people else ""


@pytest.mark.parametrize("who", ["rep", "rival"])
def test_no_organisation_reads_a_draft(world: World, who: str) -> None:
    for case in world.cases.values():
        for path, one in _answers(world, who, case).items():
            assert SECRET not in said(one), path
    for path, one in _answers(world, "rival", world.cases["theirs"]).items():
        assert WRITTEN not in said(one), f"{path}: the notice is not served"


def test_the_walk_meets_every_page_of_the_office(world: World) -> None:
    walked = {one.split("/")[2] for case in world.cases.values() for one in addresses(case)}
    assert {"office", "desk", "file"} <= walked
    answers = _answers(world, "clerk", world.cases["ours"])
    assert sum(one.status_code == 200 for one in answers.values()) >= 8
