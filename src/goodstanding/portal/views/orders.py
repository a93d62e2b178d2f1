"""What each authority made of its orders: a picture and a table, in counts alone."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse

from goodstanding.catalogue.model import Title
from goodstanding.core.calendars import Calendar
from goodstanding.measures.statistics import Record, overdue, records
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.page import page
from goodstanding.portal.today import today

_WIDTH = 600
"""Of the longest bar, in units of the picture."""
_STEP = 28
_PARTS = ("reported", "refused", "silent")


@dataclass(frozen=True)
class Piece:
    """A part of a bar: which count, how many, and where it lies in the picture."""

    name: str
    number: int
    x: int
    width: int


@dataclass(frozen=True)
class Row:
    """An authority with its counts and its bar, whose upper edge is at `y`."""

    authority: Title
    record: Record
    pieces: tuple[Piece, ...]
    y: int


def orders(request: HttpRequest, lang: Language) -> HttpResponse:
    """The record of every authority that had orders; the most orders first."""
    rows: list[Row] = []
    for pack in shelf.catalogue().packs:
        file = pack.folder / "calendar.yaml"
        if not file.is_file():
            continue
        found = records(today(pack.zone), Calendar.load(file))
        own = sorted(
            (one for one in found if one.authority.startswith(f"{pack.name}/")),
            key=lambda one: (-one.orders, one.authority),
        )
        most = max((one.orders for one in own), default=1)
        rows += [_row(one, most, place) for place, one in enumerate(own, len(rows))]
    height = len(rows) * _STEP
    context = {"rows": rows, "width": _WIDTH, "height": height, "parts": _PARTS}
    return page(request, lang, "orders.html", context, section="about")


def one_authority(request: HttpRequest, lang: Language, authority: str) -> HttpResponse:
    """The record of one authority, and what it did not report as lifted though it was chased to the last step."""
    pack = shelf.pack_named(authority.partition("/")[0])
    file = pack.folder / "calendar.yaml" if pack else None
    if pack is None or file is None or not file.is_file():
        raise Http404
    day = today(pack.zone)
    record = next((one for one in records(day, Calendar.load(file)) if one.authority == authority), None)
    if record is None:
        raise Http404
    context = {
        "authority": shelf.authority_title(authority),
        "record": record,
        "overdue": [
            (Title(one.measure.title["en"], one.measure.title["zh"]), one) for one in overdue(authority, day)
        ],
        "steps": pack.reminders,
    }
    return page(request, lang, "authority.html", context, section="about")


def _row(one: Record, most: int, place: int) -> Row:
    pieces, x = [], 0
    for name in _PARTS:
        number: int = getattr(one, name)
        width = number * _WIDTH // most
        pieces.append(Piece(name, number, x, width))
        x += width
    return Row(shelf.authority_title(one.authority), one, tuple(pieces), place * _STEP)
