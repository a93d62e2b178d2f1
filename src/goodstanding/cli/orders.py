"""`goodstanding orders`: what authorities owe for a listing, what they reported, and who may ask at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, TypeVar
from uuid import UUID

import typer

from goodstanding.catalogue.measure import Process
from goodstanding.cli.case import office_of
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, piped, show_sums, show_table
from goodstanding.cli.resting import pause_command, rests_command, resume_command, shield_command
from goodstanding.cli.session import Session, session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from django.db.models import Model

    from goodstanding.measures.models import Order

app = typer.Typer(help="Orders of measures: what is owed, reported and late.", no_args_is_help=True)

Account = Annotated[str, typer.Option("--account", help="The name with which the official signs in.")]
for _name, _rests in (
    ("pause", pause_command),
    ("shield", shield_command),
    ("resume", resume_command),
    ("rests", rests_command),
):
    app.command(_name)(_rests)
_Row = TypeVar("_Row", bound="Model")


@app.command("list")
def list_command(
    account: Annotated[
        str, typer.Option("--account", help="Whose orders; without it how late each authority is.")
    ] = "",
    jurisdiction: Annotated[
        str, typer.Option("--calendar", help="The pack whose calendar counts working days.")
    ] = "cn",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Show the reports that are owed, and how many working days late each is; by authority without an account.

    A listing that ends lifts its orders: each authority owes the report that it lifted what it did.

    Example: goodstanding orders list --account li.wei
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        calendar, on = office_of(opened, jurisdiction).calendar, when.today()
        if account:
            columns, rows = _owed_to(account, opened, jurisdiction)
        else:
            from goodstanding.measures.queries import owed_by_authority

            columns = ("authority", "late liftings", "working days at most")
            rows = [(path, *late) for path, late in owed_by_authority(on, calendar).items()]
    if json or piped():
        as_json([dict(zip((one.replace(" ", "_") for one in columns), row, strict=True)) for row in rows])
        return
    show_table("Owed", columns, rows, whole=("order", "authority"))


def _owed_to(
    account: str, opened: Session, jurisdiction: str
) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    from goodstanding.measures.queries import owed
    from goodstanding.office.accounts.making import named
    from goodstanding.procedures.queries import Viewer

    on = opened.clock.today()
    viewer = Viewer.of(named(account).key, on)
    columns = (
        "order",
        "authority",
        "organisation",
        "measure",
        "about",
        "last day",
        "late",
        "reminders",
        "said",
    )
    return columns, [
        (
            one.order.public_id,
            one.order.authority.path,
            one.order.subject.identifier,
            one.order.measure.path,
            one.about.value,
            one.last or "",
            one.late,
            one.reminders,
            one.said,
        )
        for one in owed(viewer, on, office_of(opened, jurisdiction).calendar)
    ]


@app.command("report")
def report_command(
    order: Annotated[str, typer.Argument(help="Public id of the order, as “orders list” shows it.")],
    account: Account,
    done: Annotated[str, typer.Option("--done", help="What was done.")] = "",
    not_done: Annotated[str, typer.Option("--not-done", help="Why it was not done.")] = "",
    lifting: Annotated[bool, typer.Option("--lifting", help="About the lifting of the order.")] = False,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Report what an authority did about an order or its lifting, or why not.

    Example: goodstanding orders report 0199… --account li.wei --done "Left out of tender 12"
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.models import Report
        from goodstanding.measures.offices import acting_for
        from goodstanding.measures.reporting import report
        from goodstanding.office.accounts.making import named

        owing, on = _order(order), when.today()
        by = acting_for(named(account).key, owing.authority.path, on)
        about = Report.About.LIFTED if lifting else Report.About.CARRIED_OUT
        made = report(owing, about, by, on=on, clock=when, what=done, why_not=not_done)
        told = {"report": made.public_id, "order": order, "about": about.value, "done": made.done}
    _print(told, json=json)


@app.command("used")
def used_command(
    question: Annotated[str, typer.Argument(help="Public id of the question, as “counter” shows it.")],
    account: Account,
    order: Annotated[str, typer.Option("--order", help="Public id of the order that it is about.")] = "",
    not_applied: Annotated[str, typer.Option("--not-applied", help="Why it was not applied.")] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Log what an office made of an answer: a measure was applied, or was not and why. The organisation sees it.

    Example: goodstanding orders used 0199… --account li.wei --order 0199…
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.counter import use
        from goodstanding.measures.models import Question
        from goodstanding.measures.offices import acting_for
        from goodstanding.office.accounts.making import named

        asked = _found(Question, question, "question", "goodstanding counter")
        by = acting_for(named(account).key, asked.appointment.authority, when.today())
        made = use(
            asked,
            by,
            order=_order(order) if order else None,
            applied=not not_applied,
            why=not_applied,
            on=when.today(),
            clock=when,
        )
        told = {"question": question, "order": order, "applied": made.applied, "why": made.why}
    _print(told, json=json)


@app.command("business")
def business_command(
    authority: Annotated[str, typer.Argument(help="Full path of the authority, for instance cn/ndrc.")],
    process: Annotated[Process, typer.Argument(help="The kind of business that it decides on.")],
    to: Annotated[str, typer.Option("--to", help="The day on which it ends (YYYY-MM-DD).")],
    from_on: Annotated[str, typer.Option("--from", help="First day (YYYY-MM-DD); today by default.")] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Let the officials of an authority ask at the counter where it has a kind of business.

    Example: goodstanding orders business cn/ndrc tender --to 2027-01-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.measures.counter import open_business

        first = day(from_on, "--from") if from_on else when.today()
        made = open_business(
            authority,
            process,
            from_on=first,
            to_on=day(to, "--to"),
            catalogue=opened.catalogue,
            clock=when,
            actor=opened.actor,
        )
        told = {"authority": authority, "process": process.value, "from": made.from_on, "to": made.to_on}
    _print(told, json=json)


def _order(text: str) -> Order:
    from goodstanding.measures.models import Order

    return _found(Order, text, "order", "goodstanding orders list")


def _found(model: type[_Row], text: str, what: str, where_shown: str) -> _Row:
    try:
        found = model._default_manager.filter(public_id=UUID(text)).first()
    except ValueError:
        found = None
    if found is None:
        raise Refusal(
            "GS-CLI-043",
            "Nothing has this id.",
            where=f"{what} {text}",
            why=f"It is looked up among the public ids of {what}s, each 36 characters long.",
            remedy=f"Copy its id from “{where_shown}”.",
        )
    return found


def _print(told: Mapping[str, object], *, json: bool) -> None:
    if json or piped():
        as_json(told)
        return
    show_sums("Done", told)
