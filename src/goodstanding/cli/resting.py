"""`goodstanding orders pause|shield|resume|rests`: measures rest for a suit or under a plan, and apply again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from goodstanding.cli.case import case_named
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, piped, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal

if TYPE_CHECKING:
    from goodstanding.measures.models import Pause, Shield
    from goodstanding.procedures.models import Appointment, Case, Step

Account = Annotated[str, typer.Option("--account", help="The name with which the official signs in.")]
CaseId = Annotated[str, typer.Argument(help="Public id of the case of listing.")]
Laws = Annotated[
    list[str],
    typer.Option("--law", help="The law, as “instrument” or “instrument|article”; repeat for more."),
]
Reference = Annotated[str, typer.Option("--reference", help="The court or body, and the number of its case.")]
Evidence = Annotated[str, typer.Option("--evidence", help="The document that shows it.")]
From = Annotated[str, typer.Option("--from", help="First day (YYYY-MM-DD); today by default.")]


def pause_command(
    case: CaseId,
    account: Account,
    kind: Annotated[str, typer.Option("--kind", help="administrative_review or administrative_suit.")],
    law: Laws,
    reference: Reference,
    evidence: Evidence,
    stayed: Annotated[
        bool, typer.Option("--stayed", help="The decision was stayed: every restriction of the entry rests.")
    ] = False,
    from_on: From = "",
    to: Annotated[
        str, typer.Option("--to", help="First day on which they apply again; the entry's end by default.")
    ] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Let measures of a case's entry rest while its decision is before a court: those whose own law says so.

    Example: goodstanding orders pause 0199… --account li.wei --kind administrative_suit --law "行政诉讼法|56"
    --reference "Court, No. 1" --evidence "Ruling of 2 March" --stayed
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.resting import Shown, Suit, pause

        found = case_named(case)
        step, by = _entry_of(found), _keeper(found, account, when.today())
        record, end = step.record, step.effective_to
        if record is None or end is None:
            raise AssertionError("an entry has its record and its end")
        made = pause(
            record,
            by,
            Suit(_one_of(kind, tuple(Suit), "--kind")),
            Shown(_laws(law), reference, evidence),
            stayed=stayed,
            from_on=day(from_on, "--from") if from_on else when.today(),
            to_on=day(to, "--to") if to else end,
            clock=when,
        )
        told = _told(made)
    _print(told, json=json)


def shield_command(
    case: CaseId,
    account: Account,
    kind: Annotated[str, typer.Option("--kind", help="reorganisation or settlement.")],
    law: Laws,
    reference: Reference,
    evidence: Evidence,
    to: Annotated[str, typer.Option("--to", help="First day after the plan's time (YYYY-MM-DD).")],
    from_on: From = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Let the measures on a case's organisation rest that an approved bankruptcy plan shields from.

    Example: goodstanding orders shield 0199… --account li.wei --kind reorganisation --law "国办发〔2025〕22号"
    --reference "Court, No. 2" --evidence "Ruling on the plan" --to 2028-01-01
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.resting import Plan, Shown, shield

        found = case_named(case)
        made = shield(
            found.subject,
            _keeper(found, account, when.today()),
            Plan(_one_of(kind, tuple(Plan), "--kind")),
            Shown(_laws(law), reference, evidence),
            from_on=day(from_on, "--from") if from_on else when.today(),
            to_on=day(to, "--to"),
            clock=when,
        )
        told = _told(made)
    _print(told, json=json)


def resume_command(
    rest: Annotated[str, typer.Argument(help="Public id of the suit or plan, as “orders rests” shows it.")],
    case: Annotated[str, typer.Option("--case", help="Public id of the case of listing.")],
    account: Account,
    outcome: Annotated[
        str, typer.Option("--outcome", help="upheld, withdrawn, stay_ended; completed, failed for a plan.")
    ],
    evidence: Evidence,
    on: Annotated[str, typer.Option("--on", help="First day on which they apply; today by default.")] = "",
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Let measures apply again: the court decided, the stay ended, the plan was carried out or failed.

    A decision that a court annuls resumes nothing: end its entry, and every order is lifted.

    Example: goodstanding orders resume 0199… --case 0199… --account li.wei --outcome upheld --evidence "Judgment 1"
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.resting import Over, resume

        found = case_named(case)
        made = resume(
            _rest(rest),
            _keeper(found, account, when.today()),
            Over(_one_of(outcome, tuple(Over), "--outcome")),
            evidence,
            on=day(on, "--on") if on else when.today(),
            clock=when,
        )
        told = {"rest": rest, "outcome": made.outcome, "on": made.on}
    _print(told, json=json)


def rests_command(
    case: CaseId, home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False
) -> None:
    """List the suits and plans about a case's entry and its organisation, and whether they hold today.

    Example: goodstanding orders rests 0199…
    """
    when = clock(today)
    with session(home, clock=when, packs=pack):
        from goodstanding.measures.rests import rests_of

        found = case_named(case)
        record = _entry_of(found).record_id
        lines = rests_of([record] if record else [], found.subject, when.today())
        rows = [
            {**_told(one.rest), "until": one.until, "outcome": one.outcome, "holds": one.holds}
            for one in lines
        ]
    if json or piped():
        as_json(rows)
        return
    columns = ("rest", "kind", "from", "until", "outcome", "holds")
    show_table("Suits and plans", columns, [[one[name] for name in columns] for one in rows], whole=("rest",))


def _told(rest: Pause | Shield) -> dict[str, Any]:
    return {"rest": rest.public_id, "kind": rest.kind, "from": rest.from_on, "to": rest.to_on}


def _entry_of(case: Case) -> Step:
    made = case.steps.filter(record__isnull=False, effective_to__isnull=False).first()
    if made is None:
        raise Refusal(
            "GS-CLI-044",
            "This case has made no entry.",
            where=str(case.public_id),
            why="Measures follow from an entry, and rest with it.",
            remedy="Name the case of listing whose decision was served.",
        )
    return made


def _keeper(case: Case, account: str, on: date) -> Appointment:
    from goodstanding.measures.offices import acting_for
    from goodstanding.office.accounts.making import named

    return acting_for(named(account).key, case.authority, on)


def _rest(text: str) -> Pause | Shield:
    from goodstanding.measures.models import Pause, Shield

    try:
        wanted = UUID(text)
    except ValueError:
        wanted = UUID(int=0)
    found = Pause.objects.filter(public_id=wanted).first() or Shield.objects.filter(public_id=wanted).first()
    if found is None:
        raise Refusal(
            "GS-CLI-043",
            "Nothing has this id.",
            where=f"suit or plan {text}",
            why="It is looked up among the public ids of suits and plans, each 36 characters long.",
            remedy="Copy its id from “goodstanding orders rests”.",
        )
    return found


def _one_of(text: str, known: tuple[str, ...], option: str) -> str:
    if text not in known:
        raise Refusal(
            "GS-CLI-045",
            f"{text!r} is not among the values of this option.",
            where=option,
            why="What is entered here has a meaning in law, so that its values are a closed list.",
            remedy=f"Name one of: {', '.join(str(one) for one in known)}.",
        )
    return text


def _laws(given: list[str]) -> tuple[tuple[str, str], ...]:
    pairs = (one.partition("|") for one in given)
    return tuple((instrument.strip(), article.strip()) for instrument, _, article in pairs)


def _print(told: dict[str, Any], *, json: bool) -> None:
    if json or piped():
        as_json(told)
        return
    show_sums("Done", told)
