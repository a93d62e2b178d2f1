"""Entries as the public page shows them: whole while they last, by title, ground and day once they ended.

A page of an earlier day must not show again what has ended since, for that is what publicity rules forbid:
what it leaves out is in `then`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from goodstanding.catalogue.model import Basis, Contract, Field, FieldType, Item, Polarity, Title
from goodstanding.catalogue.retention import is_kept, kept_until
from goodstanding.ledger.queries import Entry
from goodstanding.portal import shelf
from goodstanding.portal.language import Language
from goodstanding.portal.wording import code_text
from goodstanding.portal.written import field_number, money
from goodstanding.procedures.marks import NO_MARKS, Marks
from goodstanding.rules.model import SERIOUSNESS

PER_PAGE = 200  # entries on a page

_LEVELS = {number: name for name, number in SERIOUSNESS.items()}
_VOID = date(1, 1, 1)  # an ending that says that the entry was never right counts from the first of all days


class Group(StrEnum):
    """Whose word an entry is."""

    OFFICIAL = "official"
    REPORTED = "reported"
    MARKET = "market"


@dataclass(frozen=True)
class Instrument:
    """The document that an entry rests on, as its source states it."""

    authority: str
    number: str
    article: str
    dated: date | None


@dataclass(frozen=True)
class Register:
    """What stands in where the source states no document: an edition of the register, and the row."""

    title: Title
    digest: str
    row: int


@dataclass(frozen=True)
class EntryView:
    """An entry that may be shown. `shown_until` is the first day on which it is shown no more (None: while it
    stands on its list, which states no term); `page`, of how many pages the file takes, the one that it stands on;
    `disputed`: an objection to it is not decided; `case`: the published one that made it."""

    anchor: str
    item: Item
    group: Group
    counts: bool
    started: bool
    over: bool
    authority: Title
    instrument: Instrument | None
    register: Register | None
    fields: tuple[tuple[Title, str], ...]
    amount: str
    seriousness: str
    occurred_on: date | None
    decided_on: date | None
    effective_from: date | None
    effective_to: date | None
    shown_until: date | None
    page: int = 1
    disputed: bool = False
    case: UUID | None = None

    @property
    def against(self) -> bool:
        """Whether it counts against the subject today: adverse, in effect, and not only another's word."""
        return (
            self.counts
            and self.started
            and not self.over
            and self.group is Group.OFFICIAL
            and self.item.polarity is Polarity.NEGATIVE
        )

    @property
    def law(self) -> tuple[Basis, ...]:
        """The law under which the item is recorded."""
        return self.item.basis

    @property
    def day(self) -> date | None:
        """The day that stands for it in a list."""
        return self.decided_on or self.occurred_on or self.effective_from

    @property
    def item_path(self) -> str:
        """The item's name inside its pack."""
        return self.item.path.partition("/")[2]

    @property
    def pack(self) -> str:
        """The item's pack."""
        return self.item.path.partition("/")[0]


@dataclass(frozen=True)
class Ended:
    """An entry that ended: what it was, on what ground, from which day. Nothing of its content."""

    anchor: str
    item: Item
    ground: str
    day: date | None


@dataclass(frozen=True)
class Entries:
    """Everything of a file that its page shows; `unknown` counts entries of items that no pack here has."""

    shown: tuple[EntryView, ...]
    ended: tuple[Ended, ...]
    unknown: int


def read_entries(
    entries: tuple[Entry, ...], *, today: date, lang: Language, marks: Marks = NO_MARKS
) -> Entries:
    """Sort a file's entries into what is shown and what ended; what is past its retention is in neither, nor is an
    entry of ours before it is published. `marks` are what cases say of the entries (`marks_of`)."""
    shown: list[EntryView] = []
    ended: list[Ended] = []
    unknown = 0
    for one in entries:
        item = shelf.item_at(one.item)
        if item is None:
            # Without its item nobody can say how long it may be shown: so it is not.
            unknown += 1
            continue
        if one.record_id in marks.unpublished:
            continue
        if not is_kept(item, one, today, taken_in=one.taken_in, left=one.left(today)):
            continue
        over = _over(one, item, today)
        if over is not None:
            ended.append(over)
        else:
            shown.append(
                replace(
                    _view(one, item, today, lang),
                    disputed=one.record_id in marks.disputed,
                    case=marks.cases.get(one.record_id),
                )
            )
    groups = list(Group)
    shown.sort(key=lambda one: groups.index(one.group))  # stable: the newest stay first in each group
    placed = tuple(replace(one, page=place // PER_PAGE + 1) for place, one in enumerate(shown))
    return Entries(placed, tuple(ended), unknown)


def anchor_of(public_id: object) -> str:
    """The anchor of a record on the page of its subject."""
    return f"record-{public_id}"


def _over(entry: Entry, item: Item, today: date) -> Ended | None:
    """The first ending in force; of a listing, also the end of the term that it states: it has left its list.

    Another entry whose term is over (a debt that was paid) is shown for its retention, as no longer in effect:
    grades of the year may rest on it.
    """
    for ground, until, _ in entry.endings:
        if until <= today:
            return Ended(anchor_of(entry.public_id), item, ground, None if until <= _VOID else until)
    if item.listing and entry.effective_to is not None and entry.effective_to <= today:
        return Ended(anchor_of(entry.public_id), item, "term", entry.effective_to)
    return None


def _view(entry: Entry, item: Item, today: date, lang: Language) -> EntryView:
    contract = shelf.contract_at(entry.source)
    stated = entry.body.get("instrument", {})
    by_register = bool(stated.get("register"))
    dated = stated.get("dated")
    return EntryView(
        anchor=anchor_of(entry.public_id),
        item=item,
        group=_group(item),
        counts=entry.counts,
        started=entry.effective_from is None or entry.effective_from <= today,
        over=entry.effective_to is not None and entry.effective_to <= today,
        authority=_authority(contract, entry.source),
        instrument=None
        if by_register
        else Instrument(
            authority=stated.get("authority", ""),
            number=stated.get("number", ""),
            article=stated.get("article", ""),
            dated=date.fromisoformat(dated) if dated else None,
        ),
        register=Register(
            title=contract.title if contract else Title(entry.source, entry.source),
            digest=entry.file_digest,
            row=entry.row,
        )
        if by_register
        else None,
        fields=_fields(entry, item, lang),
        amount=money(entry.amount, entry.currency, lang)
        if entry.amount is not None and entry.currency
        else "",
        seriousness=_LEVELS.get(entry.seriousness, "") if entry.seriousness is not None else "",
        occurred_on=entry.occurred_on,
        decided_on=entry.decided_on,
        effective_from=entry.effective_from,
        effective_to=entry.effective_to,
        shown_until=_shown_until(entry, item),
    )


def _shown_until(entry: Entry, item: Item) -> date | None:
    ends = [kept_until(item, entry, taken_in=entry.taken_in), entry.public_until]
    if item.listing:
        ends.append(entry.effective_to)
    return min((one for one in ends if one is not None), default=None)


def _group(item: Item) -> Group:
    if item.market_information:
        return Group.MARKET
    if item.listing and not item.own:
        return Group.REPORTED
    return Group.OFFICIAL


def _authority(contract: Contract | None, source: str) -> Title:
    return shelf.authority_title(contract.authority) if contract else Title(source, source)


def _fields(entry: Entry, item: Item, lang: Language) -> tuple[tuple[Title, str], ...]:
    values = entry.body.get("fields", {})
    return tuple(
        (one.title, _value(values[one.name], one, lang)) for one in item.fields if one.name in values
    )


def _value(value: object, field: Field, lang: Language) -> str:
    # A number's unit stands in the title of its field ("Confiscated, in fen"), so that it is shown as it is.
    if field.type is FieldType.NUMBER:
        return field_number(int(str(value)), lang)
    return code_text(field, str(value), lang) if field.type is FieldType.CODE else str(value)
