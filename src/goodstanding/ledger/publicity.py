"""What of the ledger is still public: records leave what anyone may read when their publicity is over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.publicity import public_until
from goodstanding.core.reader import Access, Reader
from goodstanding.ledger.models import Content, Event, Item

Holder = Callable[[Iterable[int]], frozenset[int]]
_holders: list[Holder] = []


def hold_back(holder: Holder) -> None:
    """Let a room above say which of some records are not public yet."""
    if holder not in _holders:
        _holders.append(holder)


@dataclass(frozen=True)
class Publicity:
    """The catalogue that says how long records are public, and the day by which that is judged: today.

    An older day of a file brings nothing back that is public no longer.
    """

    catalogue: Catalogue
    today: date

    def ends(self, contents: Iterable[Content]) -> dict[int, date]:
        """Record → first day on which it is no longer public, for the records that a rule surely ends.

        Of one that is not public yet, that is the first of all days.
        """
        found = list(contents)
        held = frozenset[int]().union(*(one(each.pk for each in found) for one in _holders))
        paths = dict(Item.objects.filter(id__in={one.item_id for one in found}).values_list("id", "path"))
        ruled = [one for one in found if self.catalogue.publicity_of(paths[one.item_id])]
        days = days_of(one.pk >> 32 for one in ruled)
        ends = dict.fromkeys(held, date.min)
        for one in ruled:
            end = public_until(
                self.catalogue.publicity_of(paths[one.item_id]),
                decided_on=one.decided_on,
                seriousness=one.seriousness,
                taken_in=days[one.pk >> 32],
            )
            if end is not None:
                ends[one.pk] = end.day
        return ends

    def over(self, records: Iterable[int], reader: Reader) -> frozenset[int]:
        """Those of the records that this reader may no longer read. One who reads more than the public still may."""
        if reader.access is not Access.PUBLIC:
            return frozenset()
        return self.past(self.ends(Content.objects.filter(record_id__in=list(records))), reader)

    def past(self, ends: Mapping[int, date], reader: Reader) -> frozenset[int]:
        """The same, of records whose `ends` are known."""
        if reader.access is not Access.PUBLIC:
            return frozenset()
        return frozenset(record for record, day in ends.items() if day <= self.today)


def days_of(events: Iterable[int]) -> dict[int, date]:
    """The day of each event: that on which what it wrote was taken in."""
    wanted = set(events)
    return dict(Event.objects.filter(pk__in=wanted).values_list("pk", "day")) if wanted else {}
