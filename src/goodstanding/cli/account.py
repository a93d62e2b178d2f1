"""`goodstanding account`: who signs in to the office, and what for. There is no other way to become an account."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, show_sums, show_table
from goodstanding.cli.session import Session, session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.office.models import Account
    from goodstanding.procedures.models import Appointment, Mandate

app = typer.Typer(help="Make accounts of the office, and say what each may do.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The name with which the account signs in.")]
From = Annotated[str, typer.Option("--from", help="First day (YYYY-MM-DD); today by default.")]
To = Annotated[str, typer.Option("--to", help="The day on which it ends (YYYY-MM-DD).")]


Reason = Annotated[str, typer.Option("--reason", help="Why; kept in the history that the office shows.")]


@app.command("add")
def add_command(
    name: Name,
    email: Annotated[str, typer.Option("--email", help="Where its holder can be reached.")],
    shown_as: Annotated[
        str, typer.Option("--shown-as", help="The name that parties to a case see; NAME by default.")
    ] = "",
    reason: Reason = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Make an account, and print its first password, once. Its holder must choose another when signing in.

    An account may do nothing until it is appointed, or has a mandate.

    Example: goodstanding account add li.wei --email li.wei@example.org --shown-as "Li Wei"
    """
    with session(home, clock=clock(today), packs=pack):
        from goodstanding.office.accounts.making import make

        account, password = make(name, email=email, shown_as=shown_as or name, reason=reason)
        _print({"account": account.username, "key": account.key, "first password": password}, json=json)


@app.command("reset")
def reset_command(
    name: Name,
    reason: Reason = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Give an account a new first password, and take away its second factor: for holders who lost them.

    Example: goodstanding account reset li.wei
    """
    with session(home, clock=clock(today), packs=pack):
        from goodstanding.office.accounts.making import named, reset

        account = named(name)
        _print({"account": account.username, "first password": reset(account, reason)}, json=json)


@app.command("appoint")
def appoint_command(
    name: Name,
    authority: Annotated[str, typer.Argument(help="Full path of the authority, for instance cn/samr.")],
    level: Annotated[
        str, typer.Option("--level", help="national, provincial, municipal or county: of its office.")
    ],
    to: To,
    division: Annotated[
        str, typer.Option("--division", help="Code of the place where it acts; none for a national office.")
    ] = "",
    head: Annotated[bool, typer.Option("--head", help="It is the head of its office.")] = False,
    from_on: From = "",
    reason: Reason = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Make an account an official of an authority, from a day to a day.

    Example: goodstanding account appoint li.wei cn/samr --level county --division 990105 --to 2027-01-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.office.accounts.making import appointed, named

        made = appointed(
            named(name),
            authority,
            level=level,
            division=division,
            head=head,
            term=_term(from_on, to, opened),
            catalogue=opened.catalogue,
            clock=when,
            actor=opened.actor,
            reason=reason,
        )
        _print({"account": name, "appointment": made.public_id, "of": authority}, json=json)


@app.command("mandate")
def mandate_command(
    name: Name,
    organisation: Annotated[str, typer.Argument(help="Identifier or public id of the organisation.")],
    to: To,
    from_on: From = "",
    reason: Reason = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Let an account act for an organisation, from a day to a day.

    Example: goodstanding account mandate wang.fang 91990105MADU4E6B60 --to 2027-01-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.office.accounts.making import mandated, named

        made = mandated(
            named(name),
            organisation,
            term=_term(from_on, to, opened),
            clock=when,
            actor=opened.actor,
            reason=reason,
        )
        _print({"account": name, "mandate": made.public_id, "of": made.subject.identifier}, json=json)


@app.command("withdraw")
def withdraw_command(
    role: Annotated[str, typer.Argument(help="Public id of the appointment or the mandate.")],
    reason: Annotated[str, typer.Option("--reason", help="Why it ends; kept.")],
    on: Annotated[str, typer.Option("--on", help="The day from which it ends; today by default.")] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """End an appointment or a mandate before its day.

    Example: goodstanding account withdraw 0199… --reason "Left the office"
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.office.accounts.making import role_with
        from goodstanding.procedures.acting import withdraw

        ends = day(on, "--on") if on else when.today()
        withdraw(role_with(_uuid(role)), on=ends, reason=reason, clock=when, actor=opened.actor)
        _print({"ended": role, "on": ends}, json=json)


@app.command("list")
def list_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Accounts, and what each may do today.

    Example: goodstanding account list
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.office.models import Account

        rows = [row for one in Account.objects.order_by("username") for row in _roles(one, when.today())]
    if json or piped():
        as_json([dict(zip(("account", "acts", "until", "role"), row, strict=True)) for row in rows])
        return
    show_table("Accounts", ("account", "acts", "until", "role"), rows, whole=("account", "role"))


def _roles(account: Account, on: date) -> list[tuple[object, ...]]:
    from goodstanding.procedures.queries import Viewer

    viewer = Viewer.of(account.key, on)
    roles: list[Appointment | Mandate] = [*viewer.appointments, *viewer.mandates]
    if not roles:
        return [(account.username, "nothing", "", "")]
    return [(account.username, _acts(one), one.to_on, one.public_id) for one in roles]


def _acts(role: Appointment | Mandate) -> str:
    from goodstanding.procedures.models import Mandate

    if isinstance(role, Mandate):
        return f"for {role.subject.identifier}"
    head = ", head" if role.head else ""
    return f"{role.authority} {role.level} {role.division}".strip() + head


def _term(from_on: str, to: str, opened: Session) -> tuple[date, date]:
    first = day(from_on, "--from") if from_on else opened.clock.today()
    last = day(to, "--to")
    if last <= first:
        raise Refusal(
            "GS-OFFICE-004",
            "The role would end before it begins.",
            where=f"{first} to {last}",
            remedy="Name a later day with --to.",
        )
    return first, last


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(
            "GS-OFFICE-003",
            "There is no such appointment or mandate.",
            where=text,
            remedy="Copy its public id from “goodstanding account list”.",
        ) from None


def _print(said: dict[str, object], *, json: bool) -> None:
    if json or piped():
        as_json({name.replace(" ", "_"): value for name, value in said.items()})
        return
    show_sums("Done", said)
    if "first password" in said:
        console.print("The password is shown this once. Its holder chooses another when signing in.")
