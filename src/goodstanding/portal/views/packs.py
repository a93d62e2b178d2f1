"""What a pack says may be recorded, and by which rules: pages that read like the law that they cite."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.domains import DOMAINS
from goodstanding.catalogue.model import Pack
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.prose import rulebook_text
from goodstanding.portal.today import today
from goodstanding.rules.coverage import coverage as coverage_of
from goodstanding.rules.model import Kind

_View = Callable[..., HttpResponse]


def of_pack(view: _View) -> _View:
    """Hand the pack of the address to the view; 404 where this installation has none of that name."""

    @wraps(view)
    def found(request: HttpRequest, lang: Language, pack: str, **rest: str) -> HttpResponse:
        one = shelf.pack_named(pack)
        if one is None:
            raise Http404
        return view(request, lang, one, **rest)

    return found


def packs(request: HttpRequest, lang: Language) -> HttpResponse:
    """All packs."""
    return page(request, lang, "packs.html", {"packs": shelf.catalogue().packs}, section="packs")


@of_pack
def pack(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """One pack: what it holds."""
    books = [one for one in shelf.rulebooks() if one.rulebook.pack == pack.name]
    groups = [(kind, [one for one in books if one.rulebook.kind is kind]) for kind in Kind]
    context = {
        "pack": pack,
        "rulebooks": [(kind, of) for kind, of in groups if of],
        "today": today(pack.zone),
    }
    return page(request, lang, "pack.html", context, section="packs")


@of_pack
def catalogue(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """The items of a pack by category."""
    items = sorted(pack.items, key=lambda one: one.category)
    by_category = {number: tuple(group) for number, group in groupby(items, key=lambda one: one.category)}
    categories = [(one, by_category[one.number]) for one in pack.categories if one.number in by_category]
    empty = [one for one in pack.categories if one.number not in by_category]
    context = {"pack": pack, "categories": categories, "empty": empty}
    return page(request, lang, "catalogue.html", context, section="packs")


@of_pack
def item(request: HttpRequest, lang: Language, pack: Pack, item: str) -> HttpResponse:
    """One item: what is recorded, on what law, who may read it and for how long."""
    one = next((each for each in pack.items if each.path == f"{pack.name}/{item}"), None)
    if one is None:
        raise Http404
    context = {
        "pack": pack,
        "item": one,
        "domain": DOMAINS.get(one.domain),
        "category": next((each for each in pack.categories if each.number == one.category), None),
        "rulebooks": [
            each
            for each in shelf.rulebooks()
            if any(select.item == one.path for _, select, _ in each.rulebook.selects())
        ],
    }
    return page(request, lang, "item.html", context, section="packs")


@of_pack
def rulebook(request: HttpRequest, lang: Language, pack: Pack, path: str) -> HttpResponse:
    """A rulebook: `<path>` is its newest version, `<path>@<first day in force>` a certain one."""
    name, _, version = path.partition("@")
    shelved = shelf.rulebook_at(f"{pack.name}/{name}", version)
    if shelved is None:
        raise Http404
    context = {
        "pack": pack,
        "shelved": shelved,
        "book": shelved.rulebook,
        "text": rulebook_text(shelved.rulebook, lang),
        "in_force": shelved.in_force(today(pack.zone)),
        "authority": shelf.authority_title(shelved.rulebook.authority),
        "versions": [one for one in shelf.rulebooks() if one.rulebook.path == shelved.rulebook.path],
    }
    return page(request, lang, "rulebook.html", context, section="packs")


@of_pack
def coverage(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """What the pack's rulebooks carry of its tables of facts, row by row, and what of it runs."""
    if not pack.tables:
        raise Http404
    books = [one.rulebook for one in shelf.rulebooks() if one.rulebook.pack == pack.name]
    found = coverage_of(pack.tables, books, shelf.items())
    titles = {(one.path, one.in_force_from): lang.of(one.title) for one in books}
    tables = [
        (
            one.table,
            [
                (row.id, [(each, titles[each.rulebook, each.in_force_from]) for each in row.carriers])
                for row in one.rows
            ],
        )
        for one in found.tables
    ]
    return page(
        request,
        lang,
        "coverage.html",
        {"pack": pack, "shares": found.shares, "tables": tables},
        section="packs",
    )


@of_pack
def refused(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """What the real system does and Goodstanding does not, with the reason."""
    return page(request, lang, "refused.html", {"pack": pack}, section="packs")


@of_pack
def authorities(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """The authorities that a pack names, and the sources that they submit."""
    sources = {
        one.path: [each for each in pack.contracts if each.authority == one.path] for one in pack.authorities
    }
    rows = [(one, sources[one.path]) for one in pack.authorities]
    return page(request, lang, "authorities.html", {"pack": pack, "rows": rows}, section="packs")


@of_pack
def lists(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """The lists of the real system: keeper, grounds, term, law; and which of them are recorded here."""
    if not pack.lists:
        raise Http404
    rows = [(one, shelf.authority_title(one.keeper)) for one in pack.lists]
    return page(request, lang, "lists.html", {"pack": pack, "rows": rows}, section="packs")


@of_pack
def publicity(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """How long adverse information is published, and the classes of penalties."""
    if not (pack.publicity or pack.penalty_kinds):
        raise Http404
    return page(request, lang, "publicity.html", {"pack": pack}, section="packs")
