"""A witness says that it saw a log grow, and nothing taken back: whoever else asks is shown the same log."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from goodstanding.core.errors import Refusal
from goodstanding.proof.auditing import Audit, audit
from goodstanding.proof.durable import alone, write_durably
from goodstanding.proof.findings import Finding
from goodstanding.proof.keys import Signer
from goodstanding.proof.notes import WITNESS, Checkpoint, Note, VerifierKey
from goodstanding.proof.published import CHECKPOINT, Published


@dataclass(frozen=True)
class Cosigned:
    """The checkpoint with the witness's line, if the audit found nothing; what it saw last is kept then."""

    audit: Audit
    note: Note | None


@dataclass(frozen=True)
class Witness:
    """A witness with its key and a folder in which it keeps the last checkpoint that it saw of each log."""

    folder: Path

    @property
    def key_file(self) -> Path:
        """The witness's own key."""
        return self.folder / "witness-key.pem"

    def begin(self, name: str) -> VerifierKey:
        """The witness's public key; made with the first use.

        Raises:
            Refusal: GS-PROOF-005 if the name is none.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self.key_file.exists():
            Signer.new(name).write(self.key_file, self.folder)
        return Signer.read(self.key_file).public(WITNESS)

    def kept(self, origin: str) -> Path:
        """Where the last checkpoint of a log is kept."""
        return self.folder / f"{hashlib.sha256(origin.encode()).hexdigest()[:32]}.checkpoint"

    def cosign(self, source: Published, log: VerifierKey, at: int) -> Cosigned:
        """Audit a log from what was seen last, and cosign its checkpoint.

        Args:
            log: the log's key, or an earlier one that the log's later keys follow from.
            at: seconds since 1970.

        Raises:
            Refusal: GS-PROOF-010 to 012 if the witness has no key; GS-PROOF-023 if there is no checkpoint.
        """
        signer = Signer.read(self.key_file)
        with alone(self.folder / "lock"):
            kept = self.kept(log.name)
            since = Note.parse(kept.read_text(encoding="utf-8")) if kept.exists() else None
            found = audit(source, since=since, trusted=log)
            note = self._read(source)
            checkpoint = Checkpoint.parse(note.text) if note and found.sound else None
            if note is None or checkpoint is None:
                return Cosigned(found, None)
            if (checkpoint.origin, checkpoint.size, checkpoint.root) != (log.name, found.size, found.root):
                found.findings.append(
                    Finding("GS-PROOF-077", CHECKPOINT, "It is not the one that was audited: try again.")
                )
                return Cosigned(found, None)
            # What was seen is kept before anybody is told: a witness never vouches for two logs in one's place.
            write_durably(kept, str(note).encode(), self.folder, 0o600)
            return Cosigned(found, note.cosigned(signer.key, signer.name, at))

    @staticmethod
    def _read(source: Published) -> Note | None:
        data = source.read(CHECKPOINT)
        try:
            return Note.parse(data.decode("utf-8", errors="replace")) if data is not None else None
        except Refusal:
            return None


def accepted(note: Note, cosigned: Note, witness: VerifierKey) -> Note:
    """The log's checkpoint with the line of a witness.

    Raises:
        Refusal: GS-PROOF-078 if the line is of another checkpoint, or does not verify.
    """
    if cosigned.text != note.text or cosigned.seen_by(witness) is None:
        raise Refusal(
            "GS-PROOF-078",
            f"This is not the cosignature of {witness.name} of the newest checkpoint.",
            where=str(witness),
            remedy="Ask the witness to cosign the checkpoint that is published now.",
        )
    kept = tuple(line for line in note.lines if not line.is_of(witness))
    added = tuple(line for line in cosigned.lines if line.is_of(witness))
    return Note(note.text, (*kept, *added))
