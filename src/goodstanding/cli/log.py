"""`goodstanding log`: the public log of an installation, and the audit of anybody's."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from goodstanding.cli.folders import refuse_used_file
from goodstanding.cli.logkeys import KeyText, keys, log_key, read_note, witnesses
from goodstanding.cli.options import HOME, Home, Json, Packs, Today, clock
from goodstanding.cli.output import as_json, console, errors, piped, progress, show_sums, show_table
from goodstanding.cli.session import session
from goodstanding.core.errors import Refusal
from goodstanding.proof.auditing import Audit, audit
from goodstanding.proof.notes import WITNESS, VerifierKey
from goodstanding.proof.published import CHECKPOINT, published

app = typer.Typer(help="The public log: publish it, and audit anybody's.", no_args_is_help=True)
app.add_typer(keys, name="key")
app.add_typer(witnesses, name="witness")


@app.command("status")
def status_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Say how far the public log has come, and what waits to be added or signed.

    Example: goodstanding log status
    """
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.entries import keys_of, log_of
        from goodstanding.ledger.writing import current_position

        log = log_of(opened.home)
        if not log.exists():
            raise Refusal(
                "GS-PROOF-034",
                "This installation has no public log yet.",
                where=str(opened.home.log),
                remedy="Begin it with “goodstanding log key new --name NAME”.",
            )
        state = log.state()
        sums: dict[str, object] = {
            "log": state.keys[-1][1].name,
            "entries": state.size,
            "positions of the ledger logged": state.position,
            "positions that wait to be logged": current_position() - state.position,
            "entries that wait to be signed": log.unsigned(),
            "key": str(state.keys[-1][1]),
            "keys so far": len(state.keys),
            "a key to sign with is here": keys_of(opened.home).current.exists(),
            "folder to publish": str(opened.home.log),
        }
    as_json(sums) if json or piped() else show_sums("The public log", sums)


@app.command("publish")
def publish_command(home: Home = HOME, today: Today = "", pack: Packs = None, json: Json = False) -> None:
    """Add to the public log what the ledger has, and sign it; exit code 3 if it cannot be signed now.

    Without a key that can be used, work goes on: entries are added in order, and are signed when there is one again.
    “goodstanding serve” does this by itself every few seconds, and shows the files below /log/. Any file server can
    publish the folder.

    Example: goodstanding log publish
    """
    with session(home, clock=clock(today), packs=pack) as opened, progress("Publishing") as report:
        from goodstanding.ledger.publishing import publish

        report("what the ledger has", 0.1)
        done = publish(opened.home, opened.clock)
        assert done is not None  # it waited for whoever else publishes
    sums: dict[str, object] = {
        "added": done.added,
        "entries": done.size,
        "position": done.position,
        "waiting to be signed": done.unsigned,
    }
    if json or piped():
        as_json({**sums, "refused": done.refused.as_dict() if done.refused else None})
    else:
        show_sums("Published", sums)
    if done.refused:
        errors.print(str(done.refused), highlight=False, markup=False, soft_wrap=True)
        raise typer.Exit(3)


@app.command("receipt")
def receipt_command(
    of: Annotated[str, typer.Argument(help="A position of the ledger, or the public id of a record.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    home: Home = HOME,
    today: Today = "",
    pack: Packs = None,
) -> None:
    """Write the receipt of an event of the ledger, or of a record: a file that verifies offline.

    A record's receipt holds its salted digest, and nothing of its content.

    Example: goodstanding log receipt 12 --output receipt.json
    """
    refuse_used_file(output)
    with session(home, clock=clock(today), packs=pack) as opened:
        from goodstanding.ledger.publishing import receipt_of_position, receipt_of_record

        if of.isascii() and of.isdigit() and len(of) < 19:
            data = receipt_of_position(opened.home, int(of))
        else:
            data = receipt_of_record(opened.home, _record(of))
    output.write_bytes(data)
    console.print(f"Written to {output}", markup=False, highlight=False)


def _record(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Refusal(
            "GS-CLI-013",
            "This is neither a position nor the public id of a record.",
            where=text,
            remedy="Give a number, or copy the id from the organisation's file: 32 hexadecimal digits with hyphens.",
        ) from None


@app.command("audit")
def audit_command(
    where: Annotated[
        str, typer.Argument(help="Address or folder of a log: the one that holds “checkpoint”.")
    ],
    since: Annotated[
        Path | None,
        typer.Option("--since", help="A checkpoint that you kept: the log must have grown from it."),
    ] = None,
    key: KeyText = "",
    witness: Annotated[
        list[str] | None, typer.Option("--witness", help="Public key of a witness that must have cosigned.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option("--keep", help="Write the checkpoint here, for --since the next time.")
    ] = None,
    json: Json = False,
) -> None:
    """Audit a public log; exit code 3 if anything is not as it must be, and 1 if it cannot be read.

    Every hash is worked out again from the entries and compared with every file that is published. Needs no home, no
    database and no network beyond the log itself. What differs is named: the entry, the tile, the file.

    Examples:
      goodstanding log audit https://credit.example/log --since checkpoint --keep checkpoint
      goodstanding log audit ./log
    """
    source = published(where)
    earlier = read_note(since) if since else None
    seen_by = tuple(VerifierKey.parse(one, WITNESS) for one in witness or ())
    with progress("Auditing") as report:
        done = audit(source, since=earlier, trusted=log_key(key), witnesses=seen_by, progress=report)
    show_audit(done, json=json, known=bool(key), since=since is not None)
    if not done.sound:
        raise typer.Exit(3)
    if keep:
        keep.write_bytes(source.read(CHECKPOINT) or b"")


def show_audit(done: Audit, *, json: bool, known: bool, since: bool) -> None:
    """Print what an audit found, and what it cannot know."""
    signer = done.keys.signing(done.size)
    sums: dict[str, object] = {
        "log": done.origin,
        "entries": done.size,
        "positions of the ledger": done.positions,
        "head": done.root.hex(),
        "key": str(signer or ""),
        "keys so far": len(done.keys.links),
        "findings": len(done.findings),
        **{
            f"cosigned by {name}": datetime.fromtimestamp(at, UTC).isoformat()
            for name, at in done.seen.items()
        },
    }
    if json or piped():
        as_json({**sums, "sound": done.sound, "list": [vars(one) for one in done.findings]})
        return
    show_sums("The log", sums)
    if done.findings:
        rows = [(one.code, one.about, one.what) for one in done.findings]
        show_table("Findings", ("code", "about", "what"), rows, whole=("code", "about"))
        return
    console.print("Everything that is published verifies.")
    if not known:
        console.print(
            "The key is the one that the log itself names: compare it with what the publisher printed."
        )
    if not since:
        console.print(
            "Keep the checkpoint (--keep): only then the next audit finds what was taken back (--since)."
        )
