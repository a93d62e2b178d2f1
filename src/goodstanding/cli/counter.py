"""`goodstanding counter`: what an office has to apply to an organisation before it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from goodstanding.catalogue.measure import Process
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Access, Reader

if TYPE_CHECKING:
    from goodstanding.ledger.models import Subject
    from goodstanding.measures.counter import Answer


def command(
    subject: Annotated[str, typer.Argument(help="Identifier or public id of the organisation.")],
    process: Annotated[Process, typer.Option("--process", help="The business at hand.")],
    authority: Annotated[str, typer.Option("--authority", help="Full path, for instance cn/ndrc.")],
    account: Annotated[str, typer.Option("--account", help="The name with which the official signs in.")],
    purpose: Annotated[
        str, typer.Option("--purpose", help="What for, such as the file's number; the organisation sees it.")
    ],
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Tell an official what applies to an organisation in one piece of business, with its law, and nothing else.

    Beside it stands what the organisation promised authorities and has still to keep, or did not keep.

    The question is logged: the organisation sees which office asked, when, for what, and what followed.

    Example: goodstanding counter 91990105MADU4E6B60 --process tender --authority cn/ndrc --account li.wei --purpose F7
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.measures.counter import ask
        from goodstanding.measures.offices import acting_for
        from goodstanding.office.accounts.making import named

        day = when.today()
        by = acting_for(named(account).key, authority, day)
        versions = {one.digest: one for one in opened.catalogue.procedures}
        answer = ask(
            authority,
            by,
            known_to_offices(subject),
            process,
            purpose,
            day=day,
            clock=when,
            procedure_of=versions.get,
        )
        told = _plain(answer)
    if json or piped():
        as_json(told)
        return
    _show(told)


def known_to_offices(text: str) -> Subject:
    """The organisation with an identifier, as offices may know of it. Raises GS-CLI-012 if there is none."""
    from goodstanding.ledger.queries import find_subject

    found = find_subject(text, Reader(Access.SHARED))
    if found is None:
        raise Refusal(
            "GS-CLI-012",
            "No organisation has this identifier.",
            where=text,
            remedy="Check it for typing errors, or search by name on the portal.",
        )
    return found


def _plain(answer: Answer) -> dict[str, Any]:
    return {
        "question": answer.question.public_id,
        "on": answer.question.on,
        "kept_until": answer.question.keep_until,
        "measures": [
            {
                "order": one.order,
                "measure": one.measure,
                "title": one.title,
                "effect": one.effect,
                "law": [" ".join(part for part in law if part) for law in one.law],
                "until": one.until,
                "stands": one.stands,
                "why": one.why,
            }
            for one in answer.lines
        ],
        "commitments": [
            {
                "procedure": one.procedure.path,
                "given_on": one.given_on,
                "standing": one.standing,
                "promises": [
                    {
                        "en": line.promise.en,
                        "zh": line.promise.zh,
                        "by": line.promise.due_on,
                        "standing": line.standing,
                    }
                    for line in one.lines
                ],
            }
            for one in answer.commitments
        ],
    }


def _show(told: dict[str, Any]) -> None:
    if told["measures"]:
        show_table(
            "What applies here",
            ("order", "measure", "effect", "law", "until", "stands", "why"),
            [
                (
                    one["order"],
                    one["title"]["en"],
                    one["effect"].value,
                    "; ".join(one["law"]),
                    one["until"],
                    "yes" if one["stands"] else "no",
                    one["why"],
                )
                for one in told["measures"]
            ],
            whole=("order",),
        )
    else:
        console.print("Nothing applies here.")
    if told["commitments"]:
        show_table(
            "What it promised (no measure: as the public file says)",
            ("promise", "by", "standing"),
            [
                (each["en"] or each["zh"], each["by"], each["standing"].value)
                for one in told["commitments"]
                for each in one["promises"]
            ],
        )
    console.print(
        f"Question {told['question']}, kept until {told['kept_until']}. Say what followed with “goodstanding orders"
        " used”.",
        highlight=False,
        soft_wrap=True,
    )
