"""`goodstanding case open`: an official of the authority, or a representative, asks what becomes of a record."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from goodstanding.catalogue.procedure import Party, Procedure
from goodstanding.cli.case import app, office_of
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, piped, show_sums
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.ledger.models import Record
    from goodstanding.procedures.acting import Actor


@app.command("open")
def open_command(
    procedure: Annotated[str, typer.Argument(help="Procedure, such as cn/delisting/withdrawn.")],
    record: Annotated[str, typer.Option("--record", help="Public id of the record or entry.")],
    account: Annotated[str, typer.Option("--account", help="The name with which whoever acts signs in.")],
    reasons: Annotated[str, typer.Option("--reasons", help="Why, in words that the parties read.")],
    authority: Annotated[
        str,
        typer.Option(
            "--authority", help="Before whom; by default who made the entry, or the procedure's own."
        ),
    ] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Open a case about a record: withdrawal, annulment, the end of an organisation, objection, repair, early end.

    The procedure says whether an official or a representative of the organisation opens it. It decides nothing: the
    steps that follow are taken in the office, with their notices and terms.

    Example: goodstanding case open cn/delisting/withdrawn --record 0199… --account li.wei --reasons "Taken for another"
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.office.accounts.making import named
        from goodstanding.procedures.deed import Deed
        from goodstanding.procedures.opening import entry_made_by, open_about
        from goodstanding.procedures.steps import Said

        name = procedure.split("/")[0]
        office = office_of(opened, name)
        on = when.today(opened.catalogue.pack(name).zone)
        version = _version(opened.catalogue.procedures, procedure, on)
        about = _record(record)
        made = entry_made_by(about)
        before = authority or (made.authority if made else version.authority)
        party = version.stages[0].party
        case = open_about(
            about,
            version,
            office,
            first=Deed(version.stages[0].act, on, party),
            by=_actor(named(account).key, party, before, about, on),
            said=Said(reasons=reasons),
            authority=before,
        )
        told = {
            "case": str(case.public_id),
            "procedure": version.path,
            "authority": case.authority,
            "organisation": case.subject.identifier,
        }
    if json or piped():
        as_json(told)
        return
    show_sums("Opened", told)


def _version(procedures: tuple[Procedure, ...], path: str, on: date) -> Procedure:
    found = next((one for one in procedures if one.path == path and one.in_force(on)), None)
    if found is None or found.stages[0].party not in (Party.OFFICIAL, Party.SUBJECT):
        raise Refusal(
            "GS-CLI-048",
            "No case is opened under this procedure that way.",
            where=path,
            why=f"It is not in force on {on}."
            if found is None
            else "Its candidates are proposed by a rulebook.",
            remedy="goodstanding case propose" if found else "See the procedures on the pages of the pack.",
        )
    return found


def _record(text: str) -> Record:
    from goodstanding.ledger.models import Record

    try:
        found = Record.objects.filter(public_id=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            "GS-CLI-046",
            "There is no such record.",
            where=text,
            remedy="Copy its id from the file of the organisation.",
        )
    return found


def _actor(account: str, party: Party, authority: str, about: Record, on: date) -> Actor:
    """Who acts: by appointment of the authority, or by mandate of the organisation."""
    from goodstanding.ledger.models import Content
    from goodstanding.measures.offices import acting_for
    from goodstanding.procedures.acting import Actor
    from goodstanding.procedures.queries import mandates_of

    if party is Party.OFFICIAL:
        return Actor(party, acting_for(account, authority, on))
    subject = Content.objects.filter(record=about).values_list("subject_id", flat=True).first()
    mandate = mandates_of(account, on).filter(subject=subject).first()
    if mandate is None:
        raise Refusal(
            "GS-CLI-047",
            f"This account acts for no organisation that the record is about on {on}.",
            why="The procedure leaves this to the organisation.",
            remedy="Give the account a mandate: goodstanding account mandate.",
        )
    return Actor(party, mandate=mandate)
