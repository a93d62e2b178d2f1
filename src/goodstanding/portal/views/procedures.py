"""How somebody comes on a list and off it, who carries out what for which list: pages of a pack."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.measure import Bound, Measure, Memorandum
from goodstanding.catalogue.model import Pack, Title
from goodstanding.catalogue.procedure import CaseKind, Procedure
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.places import place_text
from goodstanding.portal.today import today
from goodstanding.portal.views.packs import of_pack


@dataclass(frozen=True)
class MemorandumRow:
    """A memorandum with what it names: its lists, and for each measure who carries it out and how far bound."""

    memorandum: Memorandum
    keeper: Title
    lists: list[Title]
    agreed: list[tuple[Measure, Title, Bound]]


@of_pack
def procedures(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """All procedures of a pack, by kind; those in force first."""
    if not pack.procedures:
        raise Http404
    on = today(pack.zone)
    order = {kind: place for place, kind in enumerate(CaseKind)}
    found = sorted(
        pack.procedures, key=lambda one: (order[one.kind], not one.in_force(on), one.path, one.valid_from)
    )
    kinds = [(kind, list(group)) for kind, group in groupby(found, key=lambda one: one.kind)]
    refused = [one for one in pack.lists if one.reason is not None]
    context = {"pack": pack, "kinds": kinds, "today": on, "refused": refused}
    return page(request, lang, "procedures.html", context, section="packs")


@of_pack
def procedure(request: HttpRequest, lang: Language, pack: Pack, path: str) -> HttpResponse:
    """A procedure: `<path>` is its newest version, `<path>@<first day in force>` a certain one."""
    name, _, version = path.partition("@")
    versions = [one for one in pack.procedures if one.path == f"{pack.name}/{name}"]
    one = _version(versions, version)
    context = {
        "pack": pack,
        "one": one,
        "name": name,
        "versions": sorted(versions, key=lambda each: each.valid_from),
        "in_force": one.in_force(today(pack.zone)),
        "authority": shelf.authority_title(one.authority),
        "memoranda": [
            each for each in pack.memoranda if one.listing is not None and one.listing.list_id in each.lists
        ],
    }
    return page(request, lang, "procedure.html", context, section="packs")


def _version(versions: list[Procedure], since: str) -> Procedure:
    if not versions:
        raise Http404
    if not since:
        return max(versions, key=lambda one: one.valid_from)
    for one in versions:
        if one.valid_from.isoformat() == since:
            return one
    raise Http404


@of_pack
def measures(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """The measures of a pack: those that can be ordered, and those that are facts alone, with the reason."""
    if not pack.measures:
        raise Http404
    found = sorted(
        pack.measures, key=lambda one: (one.division, one.number is None, one.number or 0, one.path)
    )
    groups = [
        (place_text("usci", division, lang) if division else "", list(group))
        for division, group in groupby(found, key=lambda one: one.division)
    ]
    return page(request, lang, "measures.html", {"pack": pack, "groups": groups}, section="packs")


@of_pack
def memoranda(request: HttpRequest, lang: Language, pack: Pack) -> HttpResponse:
    """The memoranda: which list triggers what, by whom; and those that are refused, with the reason."""
    if not pack.memoranda:
        raise Http404
    measures = {one.path: one for one in pack.measures}
    titles = {one.id: one.title for one in pack.lists}
    rows = [
        MemorandumRow(
            one,
            shelf.authority_title(one.keeper),
            [titles[each] for each in one.lists],
            [
                (measures[each.measure], shelf.authority_title(each.authority), each.bound)
                for each in one.agreed
            ],
        )
        for one in pack.memoranda
    ]
    return page(request, lang, "memoranda.html", {"pack": pack, "rows": rows}, section="packs")
