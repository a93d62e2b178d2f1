"""`goodstanding succession`: what became of an organisation, said by two officials."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from goodstanding.cli.counter import known_to_offices
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, piped, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.procedures.models import Succession

app = typer.Typer(
    help="What became of an organisation: merged, succeeded, split, dissolved.", no_args_is_help=True
)

Account = Annotated[str, typer.Option("--account", help="The name with which the official signs in.")]
Authority = Annotated[str, typer.Option("--authority", help="Full path of the office, for instance cn/samr.")]


@app.command("register")
def register_command(
    kind: Annotated[str, typer.Argument(help="merged, succeeded, split, dissolved, or restored.")],
    organisation: Annotated[str, typer.Argument(help="Identifier or public id of the organisation.")],
    on: Annotated[str, typer.Option("--on", help="The day of the change in the register.")],
    law: Annotated[list[str], typer.Option("--law", help="Instrument, or “instrument; article”. Repeat it.")],
    evidence: Annotated[str, typer.Option("--evidence", help="The document that it is known from.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, in words that everyone reads.")],
    account: Account,
    authority: Authority,
    successor: Annotated[
        list[str] | None, typer.Option("--successor", help="Identifier of a successor. Repeat it.")
    ] = None,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Register what became of an organisation. It says nothing to anybody until another official confirms it.

    Records, entries, measures and promises stay with the organisation that they were decided about: nothing passes to a
    successor by itself.

    Example:
      goodstanding succession register merged 91990105MADU4E6B60 --successor 91990105MAD0000000 --on 2026-05-01
      --law "公司法; 174" --evidence "Notice 12" --reason "Merged by absorption" --account li.wei --authority cn/samr
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.measures.offices import acting_for
        from goodstanding.office.accounts.making import named
        from goodstanding.procedures.models import Succession
        from goodstanding.procedures.successions import Known, register_succession

        if kind not in Succession.Kind.values:
            raise Refusal(
                "GS-CLI-071",
                f"“{kind}” says nothing of an organisation.",
                remedy=f"Write one of: {', '.join(Succession.Kind.values)}.",
            )
        subject = known_to_offices(organisation)
        known = Known(
            Succession.Kind(kind),
            _day(on),
            tuple(_law(one) for one in law),
            evidence,
            reason,
            tuple(known_to_offices(one) for one in successor or ()),
        )
        by = acting_for(named(account).key, authority, when.today())
        made = register_succession(subject, known, by, catalogue=opened.catalogue, clock=when)
        told = _row(made)
    _show(told, json, "Registered; another official confirms it")


@app.command("confirm")
def confirm_command(
    succession: Annotated[str, typer.Argument(help="Public id of what was registered.")],
    account: Account,
    authority: Authority,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Confirm, as a second official, what was registered: from now on the files of all of them say so.

    Told beside it are the cases about the organisation that go on and of which the office may know; each of them ends
    by its own procedure.

    Example: goodstanding succession confirm 0199… --account zhao.min --authority cn/samr
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.measures.offices import acting_for
        from goodstanding.office.accounts.making import named
        from goodstanding.procedures.queries import Viewer
        from goodstanding.procedures.successions import confirm_succession, left_open

        one = _named(succession)
        by = acting_for(named(account).key, authority, when.today())
        confirm_succession(one, by, catalogue=opened.catalogue, clock=when)
        told = _row(one) | {
            "open_cases": [
                {"case": str(each.public_id), "procedure": each.procedure.path, "authority": each.authority}
                for each in left_open(one.subject, Viewer(appointments=(by,)))
            ]
        }
    _show(told, json, "Confirmed")


@app.command("list")
def list_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """List what was registered of organisations, the newest first, and what awaits a second official.

    Example: goodstanding succession list
    """
    with session(home, clock=clock(today), packs=pack):
        from goodstanding.procedures.models import Succession

        found = Succession.objects.select_related("subject").order_by("-pk")[:1000]
        rows = [_row(one) for one in found]
    if json or piped():
        as_json(rows)
        return
    columns = ("succession", "organisation", "kind", "on", "confirmed")
    show_table("What became of organisations", columns, [[one[name] for name in columns] for one in rows])


def _row(one: Succession) -> dict[str, Any]:
    from goodstanding.procedures.models import Confirmation
    from goodstanding.procedures.successions import successors_of

    return {
        "succession": str(one.public_id),
        "organisation": one.subject.identifier,
        "kind": one.kind,
        "on": one.on,
        "successors": [each.identifier for each in successors_of(one)],
        "confirmed": Confirmation.objects.filter(succession=one).exists(),
    }


def _show(told: dict[str, Any], json: bool, title: str) -> None:
    if json or piped():
        as_json(told)
        return
    show_sums(title, {name: value for name, value in told.items() if name != "open_cases"})
    if told.get("open_cases"):
        columns = ("case", "procedure", "authority")
        rows = [[one[name] for name in columns] for one in told["open_cases"]]
        show_table("Cases that go on", columns, rows, whole=("case",))


def _named(text: str) -> Succession:
    from goodstanding.procedures.models import Succession

    try:
        found = (
            Succession.objects.filter(public_id=UUID(text)).select_related("subject", "appointment").first()
        )
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            "GS-CLI-072",
            "Nothing was registered under this id.",
            where=text,
            remedy="Copy its id from goodstanding succession list.",
        )
    return found


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Refusal("GS-CLI-071", f"“{text}” is no day.", remedy="Write it as 2026-05-01.") from None


def _law(text: str) -> tuple[str, str]:
    instrument, _, article = text.partition(";")
    return instrument.strip(), article.strip()
