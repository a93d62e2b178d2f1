"""The calendar by which the database counts the terms of a pack's cases: registered by the owner when it changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from goodstanding.catalogue.loading import Catalogue
from goodstanding.catalogue.procedure import Act, Procedure
from goodstanding.core.calendars import Calendar
from goodstanding.core.clock import Clock
from goodstanding.core.errors import Refusal
from goodstanding.ledger.models import Event
from goodstanding.ledger.writing import OPERATOR, operating
from goodstanding.procedures.deed import Deed
from goodstanding.procedures.models import CalendarVersion
from goodstanding.procedures.terms import due


def said_of(calendar: Calendar) -> dict[str, object]:
    """What the database knows of a calendar, by column."""
    return {
        "name": calendar.name,
        "version": calendar.version,
        "off": sorted(calendar.off),
        "worked": sorted(calendar.worked),
    }


def calendars_of(catalogue: Catalogue) -> dict[str, Calendar]:
    """The calendar of each pack that has one."""
    files = {pack.name: Path(pack.folder) / "calendar.yaml" for pack in catalogue.packs}
    return {name: Calendar.load(file) for name, file in files.items() if file.is_file()}


def count_by(pack: str, calendar: Calendar, clock: Clock) -> None:
    """Let terms of a pack's cases be counted by this calendar from now on; writes nothing where they are already.

    Raises:
        Refusal: GS-LEDGER-053 if they are not, and this process is not the operator's.
    """
    newest = CalendarVersion.objects.filter(pack=pack).order_by("-pk").values(*said_of(calendar)).first()
    if newest == said_of(calendar):
        return
    with operating(Event.Kind.CASE, actor="packs", clock=clock) as event:
        CalendarVersion.objects.using(OPERATOR).create(pack=pack, event=event, **said_of(calendar))


def leaving_time(deed: Deed, procedure: Procedure, calendar: Calendar) -> Deed:
    """A service of a notice with the last day for statements; another deed as it is.

    Raises:
        Refusal: GS-CASE-112 if a day is given that leaves the organisation less than the term of the procedure.
    """
    statement = procedure.stage(Act.STATE)
    if (
        deed.act is not Act.SERVE_NOTICE
        or deed.served_on is None
        or statement is None
        or statement.within is None
    ):
        return deed
    until = due(statement.within, deed.served_on, calendar).last
    if deed.open_until is not None and deed.open_until < until:
        raise Refusal(
            "GS-CASE-112",
            f"The organisation has time until {until}.",
            why="A notice leaves it the term of the procedure, counted in working days where the law does.",
            remedy="Leave open_until out, or give a later day.",
        )
    return replace(deed, open_until=deed.open_until or until)
