"""`goodstanding verify`: what a receipt proves, in words, offline and from the one file."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.logkeys import KeyText, log_key
from goodstanding.cli.options import Json
from goodstanding.cli.output import as_json, console, piped, show_table
from goodstanding.proof.verifying import Verdict, verify

_KINDS = {
    "node": "this installation was set up",
    "pack": "a version of a pack, with its rulebooks, came into force here",
    "intake": "a delivery was taken in",
    "ending": "a record stopped counting",
    "merge": "two files were judged to be of one organisation, or not",
    "erasure": "a record's content was erased",
    "purge": "the traces of an erasure were removed",
    "run": "a rulebook was run",
    "case": "a step of a case, a measure, or who may act was decided",
}


def command(
    file: Annotated[Path, typer.Argument(help="A receipt.")],
    key: KeyText = "",
    json: Json = False,
) -> None:
    """Verify a receipt offline, and say in words what it proves and what it does not.

    Exit code 0: it verifies. 3: it is a receipt, and a part of it, which is named, does not verify. 1: it is no
    receipt as it was handed out: one sign changed anywhere is enough.

    Example: goodstanding verify receipt.json
    """
    found = verify(file.read_bytes(), trusted=log_key(key))
    proven, open_questions = (_proven(found), _not_proven(found)) if found.holds else ([], [])
    if json or piped():
        as_json(
            {
                "verifies": found.holds,
                "log": found.checkpoint.origin,
                "position": found.entry.position,
                "kind": found.entry.kind,
                "day": found.entry.day,
                "said": found.said,
                "record": found.record,
                "key": str(found.signer or ""),
                "proven": proven,
                "not_proven": open_questions,
                "findings": [vars(one) for one in found.findings],
            }
        )
    elif found.holds:
        whose = f"of the record {found.record}" if found.record else "of an event, and of no record of it"
        _show(f"This is proven, {whose}:", proven)
        _show("This is not:", open_questions)
    else:
        rows = [(one.code, one.about, one.what) for one in found.findings]
        show_table("It does not verify", ("code", "about", "what"), rows, whole=("code",))
    if not found.holds:
        raise typer.Exit(3)


def _show(title: str, sentences: list[str]) -> None:
    console.print(title, style="bold")
    for one in sentences:
        console.print(f"- {one}", markup=False, highlight=False, soft_wrap=True)


def _proven(found: Verdict) -> list[str]:
    entry, checkpoint = found.entry, found.checkpoint
    what = _KINDS.get(entry.kind, entry.kind)
    said = [
        f"The log “{checkpoint.origin}” holds, as entry {found.index} of {checkpoint.size}, that its ledger took"
        f" position {entry.position} on {entry.day.isoformat()}: {what}.",
        f"That event is {found.said.get('event')}, and the digest of all that it wrote is {found.said.get('root')}.",
    ]
    if digest := found.said.get("digest"):
        said.append(f"What was worked out or decided has the digest {digest}.")
    if found.record:
        said.append(
            f"The record {found.record} is one that it wrote; its salted digest is {found.leaf.hex()}."
        )
    said.append(f"The key that signs this log signed it: {found.signer}.")
    if found.trusted:
        said.append("That is the key that you trust, or follows from it: each key vouched for the next.")
    for name, at in found.seen.items():
        when = datetime.fromtimestamp(at, UTC).isoformat()
        said.append(
            f"The witness {name} says that it saw this state of the log at {when}, and nothing taken back."
        )
    return said


def _not_proven(found: Verdict) -> list[str]:
    said = [
        "Whether what was recorded is true, and whether it still counts today: the file's page says what counts."
    ]
    if not found.trusted:
        said.append(
            "Whose key it is: the receipt brings it. Compare it with what the publisher printed, or name it with --key."
        )
    if not found.seen:
        said.append(
            "That others are shown the same log: nobody cosigned it. “goodstanding log audit --since” tells."
        )
    elif found.seen:
        said.append("Whose keys the witnesses' are: the receipt brings them too.")
    if not found.record:
        said.append("That it wrote this or that record: the receipt names none, and proves none.")
    else:
        said.append(
            "What the record says: only its salted digest is here, from which nothing can be worked out."
        )
    return said
