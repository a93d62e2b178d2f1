"""`goodstanding file`: the credit file of an organisation."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from goodstanding.catalogue.retention import is_kept
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock, day
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal
from goodstanding.core.reader import Reader


def command(
    subject: Annotated[str, typer.Argument(help="Identifier (USCI, CNPJ, the register's own) or public id.")],
    on: Annotated[
        str, typer.Option("--day", help="The file as it stands on this day; today by default.")
    ] = "",
    position: Annotated[int, typer.Option("--position", help="As known at this position of the ledger.")] = 0,
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
    json: Json = False,
) -> None:
    """Show the public credit file of an organisation: what, by whom, on what instrument, until when.

    Example: goodstanding file 30075445
    """
    when = clock(today)
    with session(home, clock=when, packs=pack) as opened:
        from goodstanding.ledger.publicity import Publicity
        from goodstanding.ledger.queries import find_subject, subject_file
        from goodstanding.ledger.writing import current_position
        from goodstanding.rules.shelf import Shelf
        from goodstanding.standing.queries import assessments_of

        found = find_subject(subject, Reader.public())
        if found is None:
            raise Refusal(
                "GS-CLI-012",
                "No organisation has this identifier.",
                where=subject,
                remedy="Check it for typing errors, or search by name on the portal.",
            )
        newest = current_position()
        if not 0 <= position <= newest:
            raise Refusal(
                "GS-CLI-019",
                f"The ledger has no position {position}.",
                where="--position",
                remedy=f"Name one from 1 to {newest}.",
            )
        known_at = position or newest
        reader, publicity = Reader.public(), Publicity(opened.catalogue, when.today())
        file = subject_file(
            found,
            day=day(on, "--day") if on else when.today(),
            position=known_at,
            reader=reader,
            publicity=publicity,
        )
        result = _plain(file, opened.catalogue)
        result["assessments"] = [
            {"rulebook": one.rulebook, "on": one.on, "grade": one.grade, "missing": list(one.missing)}
            for one in assessments_of(
                file.subject.pk, Shelf.of(opened.catalogue.packs), reader, publicity, known_at
            )
        ]
    if json or piped():
        as_json(result)
        return
    console.print(
        f"[bold]{result['name']}[/bold]  {result['scheme']} {result['identifier']}", highlight=False
    )
    console.print(f"as of {result['day']}, as known at position {result['position']}", highlight=False)
    console.print(f"public id {result['public_id']}", highlight=False, soft_wrap=True)
    show_table(
        "Entries",
        ("item", "decided", "until", "instrument", "state"),
        [
            (
                entry["title"],
                entry["decided_on"] or entry["occurred_on"],
                entry["effective_to"],
                entry["instrument"],
                _state(entry),
            )
            for entry in result["entries"]
        ],
    )
    for one in result["assessments"]:
        told = one["grade"] or "cannot tell: " + ", ".join(one["missing"])
        console.print(f"{one['rulebook']} on {one['on']}: {told}", highlight=False)


def _state(entry: Any) -> str:
    if not entry["counts"]:
        return ", ".join(one["ground"] for one in entry["endings"])
    if entry["no_longer_in_effect_since"]:
        return f"no longer in effect since {entry['no_longer_in_effect_since']}"
    return "not yet in effect" if entry["not_yet_in_effect"] else "counts"


def _instrument(entry: Any) -> str:
    said = entry.body.get("instrument", {})
    if said.get("register"):
        return (
            f"basis not stated by the authority ({entry.source}, {entry.file_digest[:12]}, row {entry.row})"
        )
    return " ".join(str(said[key]) for key in ("authority", "number", "article", "dated") if key in said)


def _title(entry: Any, catalogue: Any) -> str:
    try:
        return str(catalogue.item(entry.item).title.en)
    except KeyError:
        return f"{entry.item} (its pack is not in force here)"


def _kept(entry: Any, catalogue: Any, day: date) -> bool:
    """Whether the entry's retention has not ended; without its pack nobody can say, and it is not shown."""
    try:
        item = catalogue.item(entry.item)
    except KeyError:
        return False
    return is_kept(item, entry, day, taken_in=entry.taken_in, left=entry.left(day)) is True


def _plain(file: Any, catalogue: Any) -> dict[str, Any]:
    return {
        "name": file.name,
        "scheme": file.subject.scheme,
        "identifier": file.subject.identifier,
        "public_id": file.subject.public_id,
        "kind": file.subject.kind,
        "day": file.day,
        "position": file.position,
        "former_names": [one.text for one in file.names if one.former],
        "identifiers": [{"scheme": scheme, "identifier": value} for scheme, value in file.identifiers],
        "entries": [
            {
                "public_id": entry.public_id,
                "item": entry.item,
                "title": _title(entry, catalogue),
                "occurred_on": entry.occurred_on if entry.counts else None,
                "decided_on": entry.decided_on if entry.counts else None,
                "effective_from": entry.effective_from if entry.counts else None,
                "effective_to": entry.effective_to if entry.counts else None,
                "amount": entry.amount if entry.counts else None,
                "currency": entry.currency if entry.counts else None,
                "fields": entry.body.get("fields", {}) if entry.counts else {},
                "instrument": _instrument(entry) if entry.counts else None,
                "source": entry.source,
                "row": entry.row,
                "counts": entry.counts,
                "no_longer_in_effect_since": entry.effective_to
                if entry.counts and entry.effective_to and entry.effective_to <= file.day
                else None,
                "not_yet_in_effect": bool(
                    entry.counts and entry.effective_from and entry.effective_from > file.day
                ),
                "endings": [
                    {"ground": ground, "counts_until": until, "reason": reason}
                    for ground, until, reason in entry.endings
                ],
            }
            for entry in file.entries
            if _kept(entry, catalogue, file.day)
        ],
        "ties": [
            {"kind": tie.kind, "outward": tie.outward, "other": tie.other.identifier, "name": tie.other_name}
            for tie in file.ties
        ],
    }
