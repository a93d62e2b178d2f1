"""Audit a published log: everything that it publishes is worked out again from its entries, and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from goodstanding.core.errors import Refusal
from goodstanding.proof.comparing import Levels, Stray
from goodstanding.proof.entries import KeyEntry, parse
from goodstanding.proof.findings import Finding
from goodstanding.proof.keychain import KeyChain
from goodstanding.proof.notes import Checkpoint, Note, VerifierKey
from goodstanding.proof.published import CHECKPOINT, Published

Progress = Callable[[str, float], None]


@dataclass
class Audit:
    """What a log says of itself, and what was found; `positions` of the ledger that it holds an entry of."""

    origin: str = ""
    size: int = 0
    root: bytes = b""
    positions: int = 0
    keys: KeyChain = field(default_factory=KeyChain)
    seen: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def audit(
    source: Published,
    *,
    since: Note | None = None,
    trusted: VerifierKey | None = None,
    witnesses: tuple[VerifierKey, ...] = (),
    progress: Progress | None = None,
    each: Callable[[int, bytes], None] | None = None,
) -> Audit:
    """Audit a log.

    Args:
        since: an earlier checkpoint of the same log: what it said must be the beginning of what the log says now, and
            the key that signed it must vouch for those after it.
        trusted: a key known from elsewhere; without it, the keys are those that the log itself names.
        witnesses: each must have cosigned the checkpoint.
        each: is handed index and bytes of each entry, in order.

    Raises:
        Refusal: GS-PROOF-023 if there is no checkpoint; GS-PROOF-021 if nothing can be read.
    """
    data = source.read(CHECKPOINT)
    if data is None:
        raise Refusal(
            "GS-PROOF-023",
            "No log is published here.",
            where=str(source),
            remedy="Name the folder or address that holds the file “checkpoint”.",
        )
    done = Audit()
    try:
        note = Note.parse(data.decode("utf-8", errors="replace"))
        checkpoint = Checkpoint.parse(note.text)
    except Refusal as refusal:
        done.findings.append(Finding(refusal.code, CHECKPOINT, refusal.what))
        return done
    done.origin, done.size, done.root = checkpoint.origin, checkpoint.size, checkpoint.root
    done.findings += _audited(source, done, note, checkpoint, since, progress, each)
    finding = done.keys.vouched_from(trusted, done.size) if trusted else None
    if finding and finding not in done.findings:
        done.findings.append(finding)
    for witness in witnesses:
        at = note.seen_by(witness)
        if at is None:
            done.findings.append(
                Finding("GS-PROOF-057", CHECKPOINT, f"The witness {witness.name} has not cosigned it.")
            )
        else:
            done.seen[witness.name] = at
    return done


def _audited(
    source: Published,
    done: Audit,
    note: Note,
    checkpoint: Checkpoint,
    since: Note | None,
    progress: Progress | None,
    each: Callable[[int, bytes], None] | None,
) -> Iterator[Finding]:
    earlier = Checkpoint.parse(since.text) if since else None
    levels = Levels(source, checkpoint, earlier.size if earlier else None)
    for tile in levels.compare():
        if progress:
            progress("entries and tiles", tile.start / max(checkpoint.size, 1))
        for index, entry in enumerate(tile.entries, tile.start):
            yield from _entry(done, index, entry)
            if each:
                each(index, entry)
    yield from levels.findings()
    yield from done.keys.judge(note, checkpoint, CHECKPOINT)
    if since and earlier:
        yield from _since(done, levels, since, earlier)
    yield from _files(source, levels)


def _entry(done: Audit, index: int, data: bytes) -> Iterator[Finding]:
    try:
        entry = parse(data)
    except Refusal as refusal:
        yield Finding(refusal.code, f"entry {index}", refusal.what)
        return
    if isinstance(entry, KeyEntry):
        yield from done.keys.add(index, entry)
        return
    if entry.position != done.positions + 1:
        yield Finding(
            "GS-PROOF-058",
            f"entry {index}",
            f"It is of position {entry.position}, and {done.positions + 1} comes next.",
        )
    done.positions = entry.position


def _since(done: Audit, levels: Levels, since: Note, earlier: Checkpoint) -> Iterator[Finding]:
    about = f"the checkpoint of {earlier.size} entries that you kept"
    yield from done.keys.judge(since, earlier, about)
    then = done.keys.signing(earlier.size)
    if then and (finding := done.keys.vouched_from(then, done.size)):
        yield finding
    if earlier.size > done.size:
        yield Finding("GS-PROOF-059", about, f"The log had {earlier.size} entries and has {done.size} now.")
    elif earlier.root not in levels.earlier_roots:
        yield Finding(
            "GS-PROOF-060", about, "The log was rewritten: its first entries are not those that this covers."
        )


def _files(source: Published, levels: Levels) -> Iterator[Finding]:
    """Where files can be listed: each belongs to the log, partial tiles of earlier sizes too."""
    for path in source.files() or ():
        if path == CHECKPOINT:
            continue
        match levels.stray(path):
            case Stray.FOREIGN:
                yield Finding("GS-PROOF-061", path, "The log has no such file.")
            case Stray.DIFFERENT:
                yield Finding(
                    "GS-PROOF-062", path, "This file is not what the log was when it was that long."
                )
