"""Every page of the portal: both languages, what browsers are told, and where addresses lead."""

from __future__ import annotations

import json
import re
from urllib.parse import quote

import pytest

from goodstanding.ledger.models import Content
from goodstanding.ledger.writing import current_position
from goodstanding.portal import shelf
from tests.integration.portal.conftest import DAUGHTER, MOTHER, RESTAURANT, Portal


def addresses() -> list[str]:
    """Every page that needs no ledger, without its language."""
    found = ["about", "log", "packs/"]
    for pack in shelf.catalogue().packs:
        base = f"packs/{pack.name}"
        found += [f"{base}/", f"{base}/catalogue", f"{base}/refused", f"{base}/authorities"]
        found += [f"{base}/lists"] if pack.lists else []
        found += [f"{base}/publicity"] if pack.publicity else []
        found += [f"{base}/coverage"] if pack.tables else []
        found += [f"{base}/procedures", f"{base}/measures", f"{base}/memoranda"] if pack.procedures else []
        found += [f"{base}/procedures/{one.path.partition('/')[2]}@{one.since}" for one in pack.procedures]
        found += [f"{base}/catalogue/{one.path.partition('/')[2]}" for one in pack.items]
    found += [f"packs/{one.rulebook.pack}/rulebooks/{one.name}@{one.version}" for one in shelf.rulebooks()]
    return found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_is_there_and_says_its_language(province: Portal, lang: str) -> None:
    tag = "zh-Hans" if lang == "zh" else "en"
    for path in ["", "search", f"search?q={MOTHER}", *addresses(), province.file(MOTHER, lang)[4:]]:
        page = province.read(f"/{lang}/{path}")
        assert page.count("<h1") == 1, path
        assert f'<html lang="{tag}">' in page, path
        assert re.search(r"<title>[^<]+ – ", page), path


def test_every_link_of_every_page_leads_to_a_page(province: Portal) -> None:
    seen: set[str] = set()
    waiting = ["/en/", f"/en/search?q={MOTHER}"]
    while waiting:
        path = waiting.pop()
        page = province.read(path)
        anchors = set(re.findall(r'\bid="([^"]+)"', page))
        for link in re.findall(r'<a [^>]*href="([^"]*)"', page):
            target, _, anchor = link.partition("#")
            if not target:
                assert anchor in anchors, (path, link)
            elif target not in seen and not target.startswith("/zh/"):
                assert target.startswith("/en/"), (path, link)
                seen.add(target)
                waiting.append(target)
    assert province.file(MOTHER) in seen and len(seen) > 100


def test_the_switch_keeps_the_page_and_the_query(province: Portal) -> None:
    assert f'href="/zh/search?q={MOTHER}"' in province.read(f"/en/search?q={MOTHER}")
    assert f'href="{province.file(MOTHER)}"' in province.read(province.file(MOTHER, "zh"))


@pytest.mark.parametrize(
    ("path", "wish", "leads_to"),
    [
        ("/", "zh-CN", "/zh/"),
        ("/", "", "/en/"),
        ("/search?q=a+b", "zh", "/zh/search?q=a+b"),
        ("/packs", "en", "/en/packs/"),
        ("/en", "zh", "/en/"),
        ("/zh/packs/cn", "en", "/zh/packs/cn/"),
    ],
)
def test_an_address_without_its_language_leads_to_the_readers(
    province: Portal, path: str, wish: str, leads_to: str
) -> None:
    response = province.get(path, Accept_Language=wish)
    assert (response.status_code, response.headers["Location"]) == (302, leads_to)
    assert "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/en/nothing", "/zh/packs/xx/", "/en/packs/cn/catalogue/xx", "/en/file/no-number"]
)
def test_a_page_that_is_not_there_says_what_to_do(province: Portal, path: str) -> None:
    response = province.get(path)
    text = response.content.decode()
    assert response.status_code == 404
    assert "/search" in text and ("Page not found" in text or "找不到页面" in text)


def test_browsers_are_told_to_load_nothing_else_to_ask_again_and_to_keep_no_cookie(province: Portal) -> None:
    for path in ("/en/", province.file(MOTHER), "/en/nothing", "/"):
        response = province.get(path)
        assert response.headers["Content-Security-Policy"].startswith("default-src 'self'")
        assert response.headers["Cache-Control"] == "private, no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["X-Frame-Options"] == "DENY"
        assert not response.cookies


def test_a_page_that_has_not_changed_is_not_sent_again(province: Portal) -> None:
    tag = province.get(province.file(MOTHER)).headers["ETag"]
    assert province.get(province.file(MOTHER), If_None_Match=tag).status_code == 304


def test_search_finds_full_width_digits_and_letters(province: Portal) -> None:
    file = province.file(RESTAURANT)
    for query in ("３００７５４４５", "ＭＯＲＲＩＳ　ｐａｒｋ", " 3007 5445 "):
        assert file in province.read(f"/en/search?q={quote(query)}"), query
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in MOTHER)
    assert province.file(MOTHER, "zh") in province.read(f"/zh/search?q={quote(wide)}")


def test_a_search_says_how_many_there_are_and_leads_to_the_next_page(
    province: Portal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goodstanding.portal.views.searching.LIMIT", 1)
    first = province.read(f"/en/search?q={quote('岫桥')}")
    assert "1 organisation found" in first and 'rel="next"' not in first
    both = f"/en/search?q={quote('有限公司')}"
    pages = [province.read(f"{both}&page={number}") for number in (1, 2, 99)]
    assert all("2 organisations found" in one for one in pages)
    assert "Page 1 of 2." in pages[0] and 'rel="next"' in pages[0] and 'rel="prev"' not in pages[0]
    assert "Page 2 of 2." in pages[1] and 'rel="prev"' in pages[1] and 'rel="next"' not in pages[1]
    assert pages[2].replace("page=99", "") == pages[1].replace("page=2", ""), "beyond the last, the last"
    found = [province.file(one) in page for page in pages[:2] for one in (MOTHER, DAUGHTER)]
    assert sorted(found) == [False, False, True, True]
    assert province.get(f"{both}&page=nothing").status_code == 200


def test_lists_and_publicity_are_said_in_the_language_of_the_page(province: Portal) -> None:
    for lang, there, absent in (
        ("zh", ("不予记录的理由", "不公示"), ("Keyed on drivers", "not public", "Title(")),
        ("en", ("Keyed on drivers", "How it ends"), ("not-public", "Title(")),
    ):
        text = province.main(f"/{lang}/packs/cn/lists") + province.main(f"/{lang}/packs/cn/publicity")
        assert all(one in text for one in there) and not any(one in text for one in absent), lang
        assert "cn/court.defaulter" not in text, "a title stands in place of the item's path"


def test_a_refused_matter_leads_to_the_clause_that_it_names(province: Portal) -> None:
    page = province.read("/en/packs/cn/refused")
    targets = set(re.findall(r"/en/about#(refusal-[0-9.]+)", page))
    about = province.read("/en/about")
    assert "refusal-1.4" in targets
    assert all(f'id="{one}"' in about for one in targets)


def test_search_finds_by_part_of_a_name_by_a_former_name_and_by_any_identifier(province: Portal) -> None:
    file = province.file(MOTHER)
    for query in ("埕雱汽车", "xiuqiao chengpang", "旧名", MOTHER.lower(), "990105000000694"):
        assert file in province.read(f"/en/search?q={query}"), query
    assert "岫桥县旧名有限公司" in province.main("/en/search?q=旧名")
    assert province.get("/en/search?q=%00").status_code == 200
    assert "Nothing found" in province.read("/en/search?q=%25")


def test_the_first_page_counts_what_is_there(province: Portal) -> None:
    text = province.main("/en/")
    assert "3 Organisations" in text.replace("Organisations 3", "3 Organisations")
    assert "Public records taken in 3" in text
    assert "Tax matters" in text and "2 March 2026" in text
    assert Content.objects.count() == 3


def test_health_is_told_with_the_position(province: Portal) -> None:
    answer = province.get("/healthz")
    assert answer.status_code == 200
    assert json.loads(answer.content) == {"status": "ok", "position": current_position()}


@pytest.mark.parametrize("path", ["/", "/en/", "/en/search", "/healthz", "/zh/about"])
def test_nothing_can_be_sent_to_the_portal(province: Portal, path: str) -> None:
    assert province.client.post(path, {"q": "x"}).status_code == 405
    assert province.client.delete(path).status_code == 405
    assert province.client.head(path).status_code in (200, 302)
