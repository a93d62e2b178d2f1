"""`goodstanding log key` and `goodstanding log witness`: keys that sign, and those who watch."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from goodstanding.cli.options import HOME, Home, Json, Today, clock
from goodstanding.cli.output import as_json, console, piped, show_sums
from goodstanding.core.errors import Refusal
from goodstanding.core.home import Home as Place
from goodstanding.proof.log import Log
from goodstanding.proof.notes import WITNESS, Note, VerifierKey
from goodstanding.proof.published import published
from goodstanding.proof.signing import KeyRing, begin, rotate
from goodstanding.proof.witnesses import accept
from goodstanding.proof.witnessing import Witness

keys = typer.Typer(help="The keys that sign the log.", no_args_is_help=True)
witnesses = typer.Typer(help="Watch a log, and say that it took nothing back.", no_args_is_help=True)

KeyText = Annotated[
    str,
    typer.Option("--key", help="Public key of the log, known from elsewhere; an earlier one will do."),
]
Folder = Annotated[Path, typer.Option("--folder", help="Folder of the witness: its key, and what it saw.")]


def log_key(text: str) -> VerifierKey | None:
    """The key that an option names. Raises GS-PROOF-001 if it is none."""
    return VerifierKey.parse(text) if text else None


def read_note(path: Path) -> Note:
    """The signed note in a file. Raises GS-PROOF-002 if it holds none."""
    return Note.parse(path.read_bytes().decode("utf-8", errors="replace"))


@keys.command("new")
def new_command(
    name: Annotated[
        str,
        typer.Option(
            "--name", help="Name of the log: the address that it is published at, without https://."
        ),
    ] = "",
    lost: Annotated[
        bool,
        typer.Option(
            "--lost", help="Nobody has the key any more: go on with another, and say so in the log."
        ),
    ] = False,
    home: Home = HOME,
    today: Today = "",
    json: Json = False,
) -> None:
    """Begin the public log with a first key, or go on after a loss; prints the public key.

    Print the public key where others find it apart from the log: in the gazette, on paper. The private one lies in
    secrets/log-key.pem of the home, locked with GOODSTANDING_LOG_PASSPHRASE if that is set.

    Example: goodstanding log key new --name credit.example/log
    """
    place = Place.open(home)
    log, day = Log(place.log, place.log_state), clock(today).today()
    with log.held():
        _show(begin(log, KeyRing(place.secrets), name, day, lost=lost), json=json)


@keys.command("rotate")
def rotate_command(home: Home = HOME, today: Today = "", json: Json = False) -> None:
    """Let a new key sign from now on; the old one vouches for it, in the log, and is destroyed.

    What the old key signed stays verifiable, up to this entry and not beyond.

    Example: goodstanding log key rotate
    """
    place = Place.open(home)
    log = Log(place.log, place.log_state)
    with log.held():
        _show(rotate(log, KeyRing(place.secrets), clock(today).today()), json=json)


def _show(key: VerifierKey, *, json: bool) -> None:
    if json or piped():
        as_json({"key": str(key)})
    else:
        show_sums("The log is signed with", {"key": str(key)})


@witnesses.command("new")
def witness_command(
    name: Annotated[str, typer.Option("--name", help="Name of the witness, an address without https://.")],
    folder: Folder = Path("goodstanding-witness"),
    json: Json = False,
) -> None:
    """Become a witness: make a key, and print its public half.

    Example: goodstanding log witness new --name watch.example/w1
    """
    key = Witness(folder).begin(name)
    if json or piped():
        as_json({"key": str(key)})
    else:
        show_sums("The witness signs with", {"key": str(key)})


@witnesses.command("cosign")
def cosign_command(
    where: Annotated[str, typer.Argument(help="Address or folder of the log.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="File for the cosigned checkpoint.")],
    key: Annotated[str, typer.Option("--key", help="Public key of the log, known from elsewhere.")],
    folder: Folder = Path("goodstanding-witness"),
    json: Json = False,
) -> None:
    """Audit a log from what was seen last, and cosign its checkpoint; exit code 3 if anything was found.

    Example: goodstanding log witness cosign https://credit.example/log --key "$KEY" --output cosigned
    """
    from goodstanding.cli.log import show_audit

    done = Witness(folder).cosign(published(where), VerifierKey.parse(key), int(clock("").now().timestamp()))
    show_audit(done.audit, json=json, known=True, since=True)
    if done.note is None:
        raise typer.Exit(3)
    output.write_text(str(done.note), encoding="utf-8")
    print(f"Written to {output}", file=sys.stderr)


@witnesses.command("accept")
def accept_command(
    cosigned: Annotated[Path, typer.Argument(help="The checkpoint that a witness cosigned.")],
    witness: Annotated[str, typer.Option("--witness", help="The public key of the witness.")],
    home: Home = HOME,
) -> None:
    """Publish a witness's cosignature with the newest checkpoint, and hand it on with receipts.

    Example: goodstanding log witness accept cosigned --witness "$WITNESS"
    """
    place = Place.open(home)
    log = Log(place.log, place.log_state)
    if not log.exists():
        raise Refusal(
            "GS-PROOF-034",
            "This installation has no public log yet.",
            where=str(place.log),
            remedy="Begin it with “goodstanding log key new --name NAME”.",
        )
    key = VerifierKey.parse(witness, WITNESS)
    with log.held():
        accept(log, read_note(cosigned), key)
    console.print(f"Published with the cosignature of {key.name}.", markup=False, highlight=False)
